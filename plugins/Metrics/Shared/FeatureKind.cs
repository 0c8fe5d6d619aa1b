namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>What counts as one feature of an image.</summary>
public enum FeatureKind
{
    /// <summary>A pixel with all its channels.</summary>
    Pixels,

    /// <summary>Every value of every channel (Quantus 0.6).</summary>
    Elements,
}
