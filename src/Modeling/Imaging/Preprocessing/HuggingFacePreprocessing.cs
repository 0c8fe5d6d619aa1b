using System.Text;
using Pellucid.Graphs;
using Pellucid.Modeling.Configuration;

namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>
/// Reads <c>preprocessor_config.json</c> of Hugging Face repositories: CLIP, BLIP, ViT, DeiT and SigLIP image processors, their
/// older feature extractors, and MedCLIP's. A missing key has the default of its processor class.
/// </summary>
public static class HuggingFacePreprocessing
{
    private static readonly Dictionary<string, PreprocessingSpec> Defaults = new(StringComparer.Ordinal)
    {
        ["CLIPImageProcessor"] = PreprocessingPresets.HuggingFaceClip(224),
        ["CLIPFeatureExtractor"] = PreprocessingPresets.HuggingFaceClip(224),
        ["BlipImageProcessor"] = PreprocessingPresets.Blip(384),
        ["ViTImageProcessor"] = PreprocessingPresets.HuggingFaceVit(224),
        ["ViTFeatureExtractor"] = PreprocessingPresets.HuggingFaceVit(224),
        ["SiglipImageProcessor"] = PreprocessingPresets.HuggingFaceVit(224) with { Resample = Resample.Bicubic },
        ["DeiTImageProcessor"] = Deit(),
        ["DeiTFeatureExtractor"] = Deit(),
        ["MedCLIPFeatureExtractor"] = PreprocessingPresets.MedClip(224),
        ["MedCLIPImageProcessor"] = PreprocessingPresets.MedClip(224),
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of a preprocessor_config.json.</param>
    /// <exception cref="PellucidException">The file is missing, no JSON, of an unknown processor, or has a value out of range.</exception>
    public static PreprocessingSpec Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new PellucidException($"There is no pre-processing file {path}.");
        using var file = ConfigurationFile.Open(path);
        return Read(file, path);
    }

    /// <summary>Reads JSON text.</summary>
    /// <param name="json">Content of a preprocessor_config.json.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="PellucidException">No JSON, an unknown processor, or a value out of range.</exception>
    public static PreprocessingSpec Parse(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var file = ConfigurationFile.Parse(Encoding.UTF8.GetBytes(json), source);
        return Read(file, source);
    }

    private static PreprocessingSpec Read(ConfigurationFile file, string source)
    {
        PreprocessingSpec spec = Read(file.Root);
        spec.Validate();
        return spec with { Name = $"{spec.Name} ({source})" };
    }

    private static PreprocessingSpec Read(ConfigurationPart json)
    {
        string type = json.Text("image_processor_type") ?? json.Text("feature_extractor_type")
            ?? throw json.Error("image_processor_type", "is missing");
        string key = type.EndsWith("Fast", StringComparison.Ordinal) ? type[..^4] : type;
        if (!Defaults.TryGetValue(key, out PreprocessingSpec? spec))
            throw json.Error("image_processor_type", $"is '{type}', which is none of {string.Join(", ", Defaults.Keys)}");

        spec = spec with { Name = type, Resample = (Resample)(json.Integer("resample") ?? (int)spec.Resample) };
        bool gray = spec.Color == ColorTarget.Gray;
        if (gray && json.Integer("pad_fill") is { } fill and not 0) throw json.Error("pad_fill", $"is {fill}; only 0 (black) is known");
        if (gray && json.Flag("do_pad_square") == false) spec = spec with { Resize = ResizeMode.Squash };
        if (json.Flag("do_resize") == false) spec = spec with { Resize = ResizeMode.None };
        else spec = Size(json, spec);
        spec = Crop(json, spec, gray ? CropRule.None : spec.Crop);
        if (gray && json.Integer("replicate_to_channels") is { } repeat) spec = spec with { RepeatGray = repeat };
        if (json.Flag("do_rescale") == false) spec = spec with { RescaleFactor = 1 };
        else if (json.Number("rescale_factor") is { } factor) spec = spec with { RescaleFactor = factor };
        int channels = gray ? 1 : 3;
        if (json.Flag("do_normalize") == false)
            return spec with { Mean = [.. Enumerable.Repeat(0f, channels)], Std = [.. Enumerable.Repeat(1f, channels)] };
        return spec with { Mean = json.Floats("image_mean", channels) ?? spec.Mean, Std = json.Floats("image_std", channels) ?? spec.Std };
    }

    private static PreprocessingSpec Size(ConfigurationPart json, PreprocessingSpec spec)
    {
        if (json.ImageSize("size") is not { } size) return spec;
        // An int means the shorter side to CLIP and a square to all the others.
        ResizeMode mode = spec.Resize == ResizeMode.PadSquare ? ResizeMode.PadSquare
            : size.IsShortestEdge || (size.IsPlain && spec.Resize == ResizeMode.ShortestEdge) ? ResizeMode.ShortestEdge
            : ResizeMode.Squash;
        return spec with { Resize = mode, Width = size.Width, Height = size.Height };
    }

    private static PreprocessingSpec Crop(ConfigurationPart json, PreprocessingSpec spec, CropRule byDefault)
    {
        bool crop = json.Flag("do_center_crop") ?? byDefault != CropRule.None;
        if (!crop) return spec with { Crop = CropRule.None };
        (int width, int height) = json.ImageSize("crop_size") is { } size ? (size.Width, size.Height)
            : spec.CropWidth > 0 ? (spec.CropWidth, spec.CropHeight)
            : (spec.Width, spec.Height);
        return spec with { Crop = CropRule.HuggingFace, CropWidth = width, CropHeight = height };
    }

    private static PreprocessingSpec Deit() => PreprocessingPresets.HuggingFaceVit(256) with
    {
        Resample = Resample.Bicubic, Crop = CropRule.HuggingFace, CropWidth = 224, CropHeight = 224,
    };
}
