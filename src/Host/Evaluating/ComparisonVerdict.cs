namespace Pellucid.Host.Evaluating;

/// <summary>What a comparison shows of the first explainer. A mean that is only by chance larger or smaller shows nothing.</summary>
public enum ComparisonVerdict
{
    /// <summary>Better by the metric's direction.</summary>
    Better,

    /// <summary>Worse by the metric's direction.</summary>
    Worse,

    /// <summary>Higher, by a metric that does not rank.</summary>
    Higher,

    /// <summary>Lower, by a metric that does not rank.</summary>
    Lower,

    /// <summary>There may be a difference, but these images do not tell.</summary>
    NoDifferenceShown,

    /// <summary>No image has a value of both, or the value cannot be resampled.</summary>
    NotTested,
}
