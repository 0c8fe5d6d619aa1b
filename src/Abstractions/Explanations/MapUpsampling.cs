namespace Pellucid.Abstractions.Explanations;

/// <summary>How a map is brought to image size.</summary>
public enum MapUpsampling
{
    /// <summary>Bilinear with half-pixel centers (align_corners = false), edges clamped: for patch grids and CAMs.</summary>
    Bilinear,

    /// <summary>Nearest neighbor.</summary>
    Nearest,
}
