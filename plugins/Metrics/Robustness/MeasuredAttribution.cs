namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Which numbers of an explanation are compared.</summary>
public enum MeasuredAttribution
{
    /// <summary>The map.</summary>
    Map,

    /// <summary>The attribution of every value of the image (Captum).</summary>
    Elements,
}
