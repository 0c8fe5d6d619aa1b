namespace Pellucid.Modeling.Imaging;

/// <summary>Resampling filters with Pillow's numbers, which preprocessor_config.json files use.</summary>
public enum Resample
{
    /// <summary>Nearest neighbour.</summary>
    Nearest = 0,

    /// <summary>Windowed sinc over 3 lobes.</summary>
    Lanczos = 1,

    /// <summary>Triangle; widened when shrinking, so that every source pixel counts.</summary>
    Bilinear = 2,

    /// <summary>Cubic convolution with a = -0.5; widened when shrinking.</summary>
    Bicubic = 3,

    /// <summary>Average of the covered pixels.</summary>
    Box = 4,

    /// <summary>Hamming window.</summary>
    Hamming = 5,
}
