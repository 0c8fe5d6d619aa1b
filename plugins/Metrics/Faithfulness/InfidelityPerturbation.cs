namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>How infidelity changes an image.</summary>
public enum InfidelityPerturbation
{
    /// <summary>Normal noise is subtracted.</summary>
    Noise,

    /// <summary>Squares are filled, each alone.</summary>
    Squares,

    /// <summary>Squares are filled one after another and stay filled (Quantus).</summary>
    CumulativeSquares,
}
