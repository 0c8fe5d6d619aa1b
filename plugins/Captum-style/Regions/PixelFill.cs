namespace Pellucid.Plugins.CaptumStyle.Regions;

/// <summary>What takes the place of removed pixels.</summary>
public enum PixelFill
{
    /// <summary>0 after the model's normalization: the mean color of the data it was trained on.</summary>
    Zero,

    /// <summary>Black, as the model sees it after its normalization.</summary>
    Black,

    /// <summary>White, as the model sees it after its normalization.</summary>
    White,

    /// <summary>The image's own mean color.</summary>
    Mean,
}
