namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>When two explanations count as the same.</summary>
public enum ExplanationCode
{
    /// <summary>The same places hold the n largest values, whatever their order.</summary>
    TopPlaces,

    /// <summary>All values have the same signs.</summary>
    Signs,

    /// <summary>The first n values have the same signs (Quantus: top_n_sign).</summary>
    FirstSigns,
}
