namespace Pellucid.Abstractions.Metrics;

/// <summary>What a metric asks of an explanation (the families of Quantus, Hedström et al. 2023).</summary>
public enum MetricFamily
{
    /// <summary>Does the model rely on what the map marks?</summary>
    Faithfulness,

    /// <summary>Do similar inputs get similar maps?</summary>
    Robustness,

    /// <summary>Does the map lie on the object?</summary>
    Localization,

    /// <summary>How few features does the map use?</summary>
    Complexity,

    /// <summary>Does the map change when the model or the target is randomized?</summary>
    Randomization,

    /// <summary>Does the method keep what its axioms promise?</summary>
    Axiomatic,
}
