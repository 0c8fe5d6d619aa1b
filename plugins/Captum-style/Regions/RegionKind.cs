namespace Pellucid.Plugins.CaptumStyle.Regions;

/// <summary>How an image is cut into regions.</summary>
public enum RegionKind
{
    /// <summary>Rectangles of one size.</summary>
    Grid,

    /// <summary>Superpixels: compact regions of similar color (SLIC, Achanta et al. 2012).</summary>
    Superpixels,
}
