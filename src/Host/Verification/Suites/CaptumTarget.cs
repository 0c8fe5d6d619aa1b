using System.Globalization;
using System.Text.RegularExpressions;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;

namespace Pellucid.Host.Verification.Suites;

/// <summary>What a case of the suite "captum" explains, by its words ("cosine(image 0, text 1)") or the end of its id ("cos_i0t1").</summary>
/// <param name="Image">Number of the image.</param>
/// <param name="Target">The target.</param>
internal sealed partial record CaptumTarget(int Image, ExplanationTarget Target)
{
    /// <summary>The target of a case; null where it says none that is known.</summary>
    /// <exception cref="Graphs.PellucidException">It names a text that is not there.</exception>
    public static CaptumTarget? Of(ManifestCase c, ReferenceModel model) =>
        c.Target is { } words ? Match(words, Words(), model) : Match(c.LastPart, Short(), model);

    private static CaptumTarget? Match(string text, Regex pattern, ReferenceModel model)
    {
        if (pattern.Match(text) is not { Success: true } match) return null;
        int image = Number(match, "image");
        if (match.Groups["dimension"].Success) return new CaptumTarget(image, new EmbeddingDimensionTarget(Number(match, "dimension")));
        ScoreKind kind = match.Groups["linear"].Success ? ScoreKind.Linear : match.Groups["logit"].Success ? ScoreKind.Logit : ScoreKind.Cosine;
        return new CaptumTarget(image, new MatchingScoreTarget(model.Text(Number(match, "text")), kind));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^(embedding dim (?<dimension>\\d{1,9}) of image (?<image>\\d{1,9})( \\(.*\\))?"
        + "|(?<logit>exp\\(logit_scale\\)\\*)?cosine\\(image (?<image>\\d{1,9}), text (?<text>\\d{1,9})\\)"
        + "|(?<linear>exp\\(logit_scale\\)\\*dot)\\(normali[sz]ed text (?<text>\\d{1,9}), unnormali[sz]ed embedding of image (?<image>\\d{1,9})\\))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    [GeneratedRegex(
        "^(emb(?<dimension>\\d{1,9})_i(?<image>\\d{1,9})|(cos|(?<logit>logit)|(?<linear>lin))_i(?<image>\\d{1,9})t(?<text>\\d{1,9}))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Short();
}
