namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>Where a centre crop starts when the difference is odd. A too small image is padded with zeros by either rule.</summary>
public enum CropRule
{
    /// <summary>No crop.</summary>
    None = 0,

    /// <summary>torchvision: round((side - crop) / 2), halves to even, so that a difference of 3 starts at 2.</summary>
    OpenAi = 1,

    /// <summary>Hugging Face: (side - crop) // 2, so that a difference of 3 starts at 1.</summary>
    HuggingFace = 2,
}
