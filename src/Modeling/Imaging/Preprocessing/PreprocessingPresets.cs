namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>The pre-processing of the published models, by the code that came with them.</summary>
public static class PreprocessingPresets
{
    private static readonly float[] ClipMean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] ClipStd = [0.26862954f, 0.26130258f, 0.27577711f];
    private static readonly float[] HalfOfEach = [0.5f, 0.5f, 0.5f];

    /// <summary>openai/CLIP <c>_transform(n)</c>, and open_clip and PMC-CLIP: bicubic shorter side, centre crop, then RGB.</summary>
    public static PreprocessingSpec OpenAiClip(int size) => new()
    {
        Name = $"OpenAI CLIP {size}", Resize = ResizeMode.ShortestEdge, Width = size, Height = size,
        Crop = CropRule.OpenAi, CropWidth = size, CropHeight = size, ColorOrder = ColorOrder.AfterCrop, Mean = ClipMean, Std = ClipStd,
    };

    /// <summary>Hugging Face CLIPImageProcessor: RGB first, bicubic shorter side, centre crop rounded down.</summary>
    public static PreprocessingSpec HuggingFaceClip(int size) =>
        OpenAiClip(size) with { Name = $"HF CLIP {size}", Crop = CropRule.HuggingFace, ColorOrder = ColorOrder.BeforeResize };

    /// <summary>BLIP's test transform: RGB, bicubic squash.</summary>
    public static PreprocessingSpec Blip(int size) => new()
    {
        Name = $"BLIP {size}", Resize = ResizeMode.Squash, Width = size, Height = size, Mean = ClipMean, Std = ClipStd,
    };

    /// <summary>Hugging Face ViTImageProcessor: RGB, bilinear squash, mean and std 0.5.</summary>
    public static PreprocessingSpec HuggingFaceVit(int size) => new()
    {
        Name = $"HF ViT {size}", Resize = ResizeMode.Squash, Width = size, Height = size, Resample = Resample.Bilinear,
        Mean = HalfOfEach, Std = HalfOfEach,
    };

    /// <summary>timm's vit_*_patch16_224 evaluation transform: RGB, bicubic shorter side floor(size / cropFraction), centre crop.</summary>
    public static PreprocessingSpec TimmVit(int size, double cropFraction = 0.9)
    {
        int edge = (int)Math.Floor(size / cropFraction);
        return new()
        {
            Name = $"timm ViT {size}", Resize = ResizeMode.ShortestEdge, Width = edge, Height = edge,
            Crop = CropRule.OpenAi, CropWidth = size, CropHeight = size, Mean = HalfOfEach, Std = HalfOfEach,
        };
    }

    /// <summary>MedCLIPFeatureExtractor: luma, padded to a black square of at least the size, bicubic; one channel.</summary>
    public static PreprocessingSpec MedClip(int size) => new()
    {
        Name = $"MedCLIP {size}", Resize = ResizeMode.PadSquare, Width = size, Height = size, Color = ColorTarget.Gray,
        Mean = [0.5862785803043838f], Std = [0.27950088968644304f],
    };

    /// <summary>MedCLIP's evaluation data sets: as <see cref="MedClip"/> but bilinear.</summary>
    public static PreprocessingSpec MedClipDataset(int size) =>
        MedClip(size) with { Name = $"MedCLIP data set {size}", Resample = Resample.Bilinear };
}
