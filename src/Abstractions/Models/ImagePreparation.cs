namespace Pellucid.Abstractions.Models;

/// <summary>How an image is brought to a model's input size.</summary>
public enum ImagePreparation
{
    /// <summary>The model's own pre-processing (for CLIP: resize the shorter side, crop the center).</summary>
    Model,

    /// <summary>
    /// Keep the whole image in its aspect: each side rounded to a multiple of the patch, position embeddings
    /// interpolated. For models that allow it.
    /// </summary>
    KeepAspect,
}
