namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Which form of a class activation map is given.</summary>
public enum CamForm
{
    /// <summary>At the layer's resolution, what speaks against the target dropped: the papers' definition.</summary>
    Relu,

    /// <summary>At the layer's resolution, with its sign.</summary>
    Raw,

    /// <summary>
    /// As pytorch-grad-cam returns it: rectified, min-max to [0, 1], resized to the input (bilinear, half-pixel centers), min-max again.
    /// </summary>
    Final,
}
