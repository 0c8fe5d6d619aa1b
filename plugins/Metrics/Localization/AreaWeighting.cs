namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>How the size of a region enters a share of mass.</summary>
public enum AreaWeighting
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Divided by the region's share of the image, as in the paper: 1 is what a constant map gets.</summary>
    Inverse,

    /// <summary>Multiplied by the region's share of the image (Quantus 0.5.3).</summary>
    Share,

    /// <summary>Multiplied by the region's pixels over the values of all images measured at once but two (Quantus 0.6): images influence each other.</summary>
    Batch,
}
