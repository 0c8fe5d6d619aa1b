using System.Globalization;
using System.Text.RegularExpressions;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;

namespace Pellucid.Host.Verification.Suites;

/// <summary>
/// Cases of embedding-space fusion: the maps of all embedding dimensions (id ends with <c>mapsN</c>), their sum with a text's weights (<c>fused</c>), and the
/// inner method's map of the same scalar (<c>scalar</c>). The inner method's parameters stand in the words of the definition, of the case's own or of another
/// case of the method.
/// </summary>
internal static partial class FusionCases
{
    private const string Prefix = "fusion/";

    /// <summary>Whether a method is one of these.</summary>
    public static bool Knows(string method) => method.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Computes and compares one case.</summary>
    public static async Task RunAsync(SuiteManifest manifest, SuiteRun run, ManifestCase c, CancellationToken cancellationToken)
    {
        IEnumerable<ManifestCase> kin = manifest.Cases.Where(o => o.Method == c.Method && o.Model == c.Model);
        if (kin.Prepend(c).Select(Inner).FirstOrDefault(i => i is not null) is not { } inner || Form().Match(c.LastPart) is not { Success: true } form)
        {
            run.NotImplemented(c.Id, c.Method, $"no explainer of this method, or no form '{c.LastPart}' of it");
            return;
        }

        if (c.Model is null)
        {
            run.NotImplemented(c.Id, c.Method, "the case names no model");
            return;
        }

        ReferenceModel model = await run.Models.LoadAsync(manifest, c.Model, cancellationToken);
        await run.ComputeAsync(manifest, c, () => form.Groups["count"].Success
            ? MapsAsync(run, c, model, inner.Spec, int.Parse(form.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), cancellationToken)
            : MapAsync(run, c, model, Outer(inner.Spec, inner.Linear, form.Groups["form"].Value), cancellationToken));
    }

    /// <summary>The scalar's map is one run of the product's fused plan where there is one.</summary>
    private static string Outer(string inner, bool linear, string form) =>
        form == "fused" ? $"embedding-fusion(inner={inner}, plan=maps)" : linear ? $"embedding-fusion(inner={inner}, plan=fused)" : inner;

    private static async Task<Computed> MapAsync(SuiteRun run, ManifestCase c, ReferenceModel model, string spec, CancellationToken cancellationToken)
    {
        CaptumTarget target = CaptumTarget.Of(c, model) is { Target: MatchingScoreTarget { Score: ScoreKind.Linear } } known
            ? known
            : throw new PellucidException($"the target '{c.Target ?? c.LastPart}' is no score that is linear in the image embedding");
        IReadOnlyList<Explanation> found = await run.Explainer(spec).ExplainAsync(
            new ExplanationRequest { Model = model.Model, Image = model.Image(target.Image), Targets = [target.Target] }, cancellationToken);
        return new Computed(found[0].Image!.Map, found[0].Image!.Undefined);
    }

    private static async Task<Computed> MapsAsync(SuiteRun run, ManifestCase c, ReferenceModel model, string spec, int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<Explanation> found = await run.Explainer(spec).ExplainAsync(
            new ExplanationRequest
            {
                Model = model.Model,
                Image = model.Image(c.ImageIndex ?? throw new PellucidException("the case names no image")),
                Targets = [.. Enumerable.Range(0, count).Select(i => new EmbeddingDimensionTarget(i))],
            },
            cancellationToken);
        HostTensor[] maps = [.. found.Select(e => e.Image!.Map)];
        return new Computed(HostTensor.Of([.. maps.SelectMany(m => m.Floats.ToArray())], maps.Length, maps[0].Shape[0], maps[0].Shape[1]));
    }

    /// <summary>The inner method with its options, and whether it is linear in the target.</summary>
    private static (string Spec, bool Linear)? Inner(ManifestCase c) => c.Method[Prefix.Length..] switch
    {
        "saliency_sum" => ("saliency(abs=false)", true),
        "saliency_absmax" => ("saliency", false),
        "inputxgradient" => ("input-x-gradient", true),
        "ig" when Path().Match(c.Definition) is { Success: true } m => ($"integrated-gradients(steps={m.Groups["steps"].Value})", true),
        "occlusion" when Window().Match(c.Definition) is { Success: true } m => (Occlusion(m), true),
        _ => null,
    };

    private static string Occlusion(Match m) =>
        $"occlusion(window-channels={m.Groups["wc"].Value}, window={m.Groups["wh"].Value}, window-width={m.Groups["ww"].Value}, "
        + $"stride-channels={m.Groups["sc"].Value}, stride={m.Groups["sh"].Value}, stride-width={m.Groups["sw"].Value})";

    [GeneratedRegex(@"^(maps(?<count>\d{1,5})|(?<form>fused|scalar)_t\d{1,9})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"IntegratedGradients \(gausslegendre, (?<steps>\d{1,5}) steps, zero baseline\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Path();

    [GeneratedRegex(
        @"Occlusion \((?<wc>\d{1,5}), ?(?<wh>\d{1,5}), ?(?<ww>\d{1,5})\) stride \((?<sc>\d{1,5}), ?(?<sh>\d{1,5}), ?(?<sw>\d{1,5})\) baseline 0\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Window();
}
