namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Where squares may lie.</summary>
public enum PatchPlacement
{
    /// <summary>On a grid.</summary>
    Grid,

    /// <summary>Anywhere, chosen one after another without overlap (Quantus 0.5).</summary>
    Greedy,
}
