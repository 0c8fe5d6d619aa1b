namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>What becomes of changed images for which another candidate text scores highest than for the image itself.</summary>
public enum PredictionChange
{
    /// <summary>They count like the others.</summary>
    Keep,

    /// <summary>They are left out.</summary>
    Drop,

    /// <summary>One of them makes the value undefined (Quantus: returns NaN).</summary>
    Undefined,
}
