namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>What stands in the place of removed pixels. Values are in the model's normalized pixels.</summary>
public enum FillColor
{
    /// <summary>Black, as the model's preparation gives it.</summary>
    Black,

    /// <summary>White, as the model's preparation gives it.</summary>
    White,

    /// <summary>Zero of the normalized pixels: the mean color of the training images.</summary>
    Zero,

    /// <summary>The mean color of the unchanged image.</summary>
    Mean,

    /// <summary>The unchanged image, blurred by a Gaussian with a standard deviation of 5/224 of its shorter side (Petsiuk, Das, Saenko 2018, RISE, start their insertion from such an image: 5 pixels of 224).</summary>
    Blur,

    /// <summary>Uniform between black and white, drawn for every value.</summary>
    Random,

    /// <summary>The smallest value of the image (Quantus: black).</summary>
    ImageMinimum,

    /// <summary>The largest value of the image (Quantus: white).</summary>
    ImageMaximum,

    /// <summary>The mean over all values of the image as changed so far (Quantus: mean).</summary>
    DriftingMean,

    /// <summary>One number for all values of a change, uniform in [0, 1) (Quantus: uniform).</summary>
    UniformScalar,
}
