using System.Text.Json;
using System.Text.RegularExpressions;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites;

/// <summary>What the methods that look at one layer have of their own: how a layer is called, and in which form a case holds the result.</summary>
internal static partial class LayerMethods
{
    private static readonly HashSet<string> Cams = new(StringComparer.Ordinal) { "GradCAM", "GradCAMPlusPlus", "XGradCAM", "LayerCAM", "ScoreCAM", "AblationCAM", "EigenCAM", "FullGrad" };

    /// <summary>A layer as the published code calls it, as an option. Of a CLIP the names are those of its original checkpoint.</summary>
    public static (string, string)[]? Layer(JsonElement value, int? modelHeads)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        string name = value.GetString()!;
        name = TokenGrid().Replace(name, string.Empty);
        name = ModuleInput().Replace(name, ".input");
        return LayerName().IsMatch(name) ? [("layer", VisionBlock().Replace(name, "vision.blocks.${block}.${part}"))] : null;
    }

    /// <summary>The form that a case holds: <c>raw</c>, <c>weights</c> or <c>final</c>, by the end of its id.</summary>
    /// <returns>The option, empty for methods without forms; null for an unknown form.</returns>
    public static (string Option, string Value)[]? Form(ManifestCase c) => !Cams.Contains(c.Method) ? [] : c.LastPart switch
    {
        "raw" when c.Method == "FullGrad" => [],
        "final" when c.Method == "FullGrad" => [("scale", "true")],
        "raw" or "weights" => [("form", "raw")],
        "final" => [("form", "final")],
        _ => null,
    };

    /// <summary>How to read what a case holds; null where the method is none of these.</summary>
    public static Func<Explanation, Computed>? Reader(ManifestCase c) => c.Method switch
    {
        "LayerActivation" or "LayerGradientXActivation" => e => Detail(e, "layer"),
        "LayerGradCam" or "LayerAttribution.interpolate" => Map,
        _ when Cams.Contains(c.Method) => c.LastPart == "weights" ? e => Detail(e, "weights") : Map,
        _ => null,
    };

    private static Computed Map(Explanation explanation) => new(
        explanation.Image?.Map ?? throw new PellucidException("the explainer gives no map"), explanation.Image.Undefined);

    private static Computed Detail(Explanation explanation, string name) => new(
        explanation.Details.GetValueOrDefault(name) ?? throw new PellucidException($"the explainer gives no '{name}'"), explanation.Image?.Undefined);

    [GeneratedRegex(@", tokens \d+\.\.\d+ as \d+x\d+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenGrid();

    [GeneratedRegex(@"(?<=^[\w.]+) \(input(,[^()]*)?\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModuleInput();

    [GeneratedRegex(@"^[\w.]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LayerName();

    [GeneratedRegex(@"^visual\.transformer\.resblocks\.(?<block>\d+)\.(?<part>ln_1)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VisionBlock();
}
