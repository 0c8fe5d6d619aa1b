using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pellucid.Host.Verification.Suites;

/// <summary>Parameters of the methods that only evaluate the model.</summary>
internal static partial class PerturbationSpecs
{
    /// <summary>Parameters of occlusion.</summary>
    public static Dictionary<string, ParameterRule> Occlusion { get; } = new(StringComparer.Ordinal)
    {
        ["sliding_window_shapes"] = (value, _) => Axes(value, "window"),
        ["strides"] = (value, _) => Axes(value, "stride"),
        ["baseline"] = Fill,
    };

    /// <summary>Parameters of methods that switch regions on and off.</summary>
    public static Dictionary<string, ParameterRule> Features { get; } = new(StringComparer.Ordinal)
    {
        ["feature_mask"] = FeatureMask,
        ["baseline"] = Fill,
    };

    /// <summary>Parameters of methods that fit sampled choices of regions.</summary>
    public static Dictionary<string, ParameterRule> Samples { get; } = new(Features, StringComparer.Ordinal)
    {
        ["samples"] = ExplainerSpecs.StoredAs("samples"),
        ["n_samples"] = ExplainerSpecs.Count("samples"),
    };

    /// <summary>Parameters of RISE. How many masks share a run changes nothing, and the masks are stored.</summary>
    public static Dictionary<string, ParameterRule> Rise { get; } = new(StringComparer.Ordinal)
    {
        ["N"] = ExplainerSpecs.Count("masks"),
        ["s"] = ExplainerSpecs.Count("cells"),
        ["p1"] = (value, _) => value.ValueKind == JsonValueKind.Number ? [("probability", value.GetRawText())] : null,
        ["numpy_seed"] = ExplainerSpecs.Ignored,
        ["batch_size"] = ExplainerSpecs.Ignored,
    };

    /// <summary>Kernel and regression of LIME, which stand in the id alone: "lime.lasso0.001.cosine1".</summary>
    public static (string Option, string Value)[]? LimeVariant(string id)
    {
        if (Lime().Match(id) is not { Success: true } match) return null;
        (string, string)[] kernel = [("kernel", match.Groups["kernel"].Value), ("width", match.Groups["width"].Value)];
        return match.Groups["alpha"].Success ? [("regression", "lasso"), ("alpha", match.Groups["alpha"].Value), .. kernel] : [("regression", "least-squares"), .. kernel];
    }

    /// <summary>The number 0, or a stored tensor.</summary>
    private static (string, string)[]? Fill(JsonElement value, int? modelHeads) =>
        value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0 ? [("fill", "zero")] : ExplainerSpecs.Stored(value, "baseline");

    /// <summary>"8x8 pixel patches, ...", "2x2 quadrants of 24x24, ...", or a stored tensor.</summary>
    private static (string, string)[]? FeatureMask(JsonElement value, int? modelHeads)
    {
        if (ExplainerSpecs.Stored(value, "feature-mask") is { } stored) return stored;
        return value.ValueKind == JsonValueKind.String && Patches().Match(value.GetString()!) is { Success: true } match
            ? [("patch", match.Groups["rows"].Value), ("patch-width", match.Groups["columns"].Value)]
            : null;
    }

    /// <summary>One number for all axes, or one for each of channels, rows and columns.</summary>
    private static (string, string)[]? Axes(JsonElement value, string option)
    {
        JsonElement[] axes = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value, value, value];
        if (axes.Length != 3 || !axes.All(a => a.ValueKind == JsonValueKind.Number && a.TryGetInt32(out _))) return null;
        string[] texts = [.. axes.Select(a => a.GetInt32().ToString(CultureInfo.InvariantCulture))];
        return [($"{option}-channels", texts[0]), (option, texts[1]), ($"{option}-width", texts[2])];
    }

    [GeneratedRegex("\\.lime\\.(linear|lasso(?<alpha>\\d+(\\.\\d+)?))\\.(?<kernel>cosine|euclidean)(?<width>\\d+(\\.\\d+)?)\\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lime();

    [GeneratedRegex("^((?<rows>\\d{1,6})x(?<columns>\\d{1,6}) pixel patches|\\d+x\\d+ \\w+ of (?<rows>\\d{1,6})x(?<columns>\\d{1,6}))(,|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Patches();
}
