namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Whether and how a layer's map is brought to the size of the model's input.</summary>
public enum LayerInterpolation
{
    /// <summary>It stays at the layer's resolution.</summary>
    None,

    /// <summary>Nearest neighbor.</summary>
    Nearest,

    /// <summary>Bilinear, half-pixel centers, edges clamped.</summary>
    Bilinear,
}
