using System.Text.RegularExpressions;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Verification.Suites;

/// <summary>In which form a case of the clip-explainers suite holds the result, by its id.</summary>
internal static partial class ClipForms
{
    /// <summary>Whether the case explains words.</summary>
    public static bool IsText(ManifestCase c) =>
        c.Method.EndsWith("_text", StringComparison.Ordinal) || c.Id.Split('.').Skip(1).FirstOrDefault() == "text";

    /// <summary>Whether the result is the same for all texts, so that the case may name none.</summary>
    public static bool NeedsNoText(ManifestCase c) => c.Method is "raw_attention" or "rollout";

    /// <summary>How to read a map; null for a form that is not known.</summary>
    public static Func<Explanation, Computed>? OfImage(ManifestCase c, ImageSize size) => c.LastPart switch
    {
        "signed" => static e => Computed.Partly(e.Details["signed"], e.Image!.Undefined),
        "capacity" => static e => new Computed(e.Details["capacity"]),
        _ when c.Method == "m2ib_image" && (c.LastPart == "final" || IsVariant(c)) => e => Stretched(e.Image!, size),
        "final" => e => Final(e.Image!, size),
        "final_chefer" when c.Method == "game_image" => e => Stretched(e.Image!, size),
        _ when IsVariant(c) => static e => e.Details.TryGetValue("map", out HostTensor? map) ? new Computed(map) : new Computed(e.Image!.Map, e.Image.Undefined),
        _ => null,
    };

    /// <summary>How to read word importances; null for a form that is not known.</summary>
    public static Func<Explanation, Computed>? OfText(ManifestCase c) => c.LastPart switch
    {
        "signed" or "row" => Signed,
        _ when c.Method == "raw_attention" && IsVariant(c) => Signed,
        "capacity" => static e => new Computed(e.Details["text-capacity"]),
        _ when c.Method == "m2ib_text" && IsVariant(c) => static e => new Computed(HostTensor.Of(ColorRange.MinMax(e.Details["text-capacity"].Floats), e.Details["text-capacity"].Shape)),
        _ when IsVariant(c) => static e => Computed.OrUndefined(HostTensor.Of([.. e.Text!.Importances], e.Text.Importances.Count), e.Text.Undefined),
        _ => null,
    };

    /// <summary>Min-max on the grid, then upsampled. A constant map, which min-max divides by zero, is undefined.</summary>
    public static Computed Final(ImageAttribution image, ImageSize size) => Computed.OrUndefined(
        MapUpsampler.Resize(HostTensor.Of(ColorRange.MinMax(image.Map.Floats), image.Map.Shape), size, image.Upsampling), image.Undefined ?? Constant(image.Map));

    private static Computed Signed(Explanation e) => Computed.Partly(HostTensor.Of([.. e.Text!.Signed], e.Text.Signed.Count), e.Text.Undefined);

    /// <summary>Upsampled, then min-max.</summary>
    private static Computed Stretched(ImageAttribution image, ImageSize size)
    {
        HostTensor large = MapUpsampler.Resize(image.Map, size, image.Upsampling);
        return Computed.OrUndefined(HostTensor.Of(ColorRange.MinMax(large.Floats), large.Shape), image.Undefined ?? Constant(image.Map));
    }

    private static string? Constant(HostTensor map) => map.Floats.ContainsAnyExcept(map.Floats[0]) ? null : "all elements are equal";

    /// <summary>
    /// Ids end with what the parameters say as well (pair, layers, heads, weight), unless the result has another form. A last part
    /// that names no such thing is a form that is not known.
    /// </summary>
    private static bool IsVariant(ManifestCase c) => Variant().IsMatch(c.LastPart);

    [GeneratedRegex("^([a-z]?\\d+([a-z]\\d+)*|multihead|singlehead|w_[a-z]+|emap|dot|cos|cosine|nonsquare|square|last|all|nosmooth|smooth|wrapper|causal)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variant();
}
