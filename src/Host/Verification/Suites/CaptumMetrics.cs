using System.Text.Json;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;

namespace Pellucid.Host.Verification.Suites;

/// <summary>The metrics of the suite "captum": infidelity and maximum sensitivity, with their stored changes of the image.</summary>
internal static class CaptumMetrics
{
    private const string Draw = "noise";
    private const string Extra = "extra:";

    /// <summary>Whether a method is a metric.</summary>
    public static bool Knows(string method) => method is "infidelity" or "sensitivity_max";

    /// <summary>Computes a case.</summary>
    public static async Task RunAsync(SuiteManifest manifest, SuiteRun run, ManifestCase c, CancellationToken cancellationToken)
    {
        string? metric = Metric(c), explainer = Explainer(c), noise = Noise(c);
        CaptumTarget? target = null;
        ReferenceModel? model = null;
        if (metric is not null && explainer is not null && noise is not null && c.Model is not null)
        {
            model = await run.Models.LoadAsync(manifest, c.Model, cancellationToken);
            target = CaptumTarget.Of(c, model);
        }

        if (model is null || target is null) run.NotImplemented(c.Id, c.Method, "a parameter, the model or the target of the case is not known");
        else await run.ComputeAsync(manifest, c, () => ComputeAsync(run, model, target, metric!, explainer!, manifest.Tensors("extra.safetensors").Read(noise!), cancellationToken));
    }

    private static async Task<Computed> ComputeAsync(
        SuiteRun run, ReferenceModel model, CaptumTarget target, string metric, string explainerSpec, HostTensor noise, CancellationToken cancellationToken)
    {
        ImageInput image = model.Image(target.Image);
        IExplainer explainer = run.Explainer(explainerSpec);
        IReadOnlyList<Explanation> explanations = await explainer.ExplainAsync(
            new ExplanationRequest { Model = model.Model, Image = image, Targets = [target.Target], ExplainText = false }, cancellationToken);
        MeasuredItem item = MeasuredItem.Of(image, explanations[0]) with
        {
            Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [Draw] = noise },
        };
        IReadOnlyList<MetricResult> results = await run.Metric(metric).RunAsync(new MetricRequest { Model = model.Model, Items = [item], Explainer = explainer }, cancellationToken);
        return new Computed(HostTensor.Of([(float)results[0].Value], 1), results[0].Reason);
    }

    private static string? Metric(ManifestCase c)
    {
        if (c.Method == "sensitivity_max")
            return c.Params.Keys.All(k => k is "explanation" or "norm" or "perturbation") && Word(c, "norm") is null or "l2 of the flattened map" ? "max-sensitivity(compare=elements)" : null;
        if (!c.Params.Keys.All(k => k is "explanation" or "normalize" or "perturbation")) return null;
        return c.Params.GetValueOrDefault("normalize").ValueKind == JsonValueKind.True ? "infidelity(scale=true)" : "infidelity";
    }

    private static string? Explainer(ManifestCase c) => Word(c, "explanation") switch
    {
        "signed gradient" => "saliency(abs=false)",
        "IntegratedGradients gausslegendre 20 steps zero baseline" => "integrated-gradients(steps=\"20\", baseline=zero)",
        _ => null,
    };

    /// <summary>Name of the stored changes: the first word behind <c>extra:</c>.</summary>
    private static string? Noise(ManifestCase c) =>
        Word(c, "perturbation") is { } words && words.StartsWith(Extra, StringComparison.Ordinal) ? words[Extra.Length..].Split(' ')[0] : null;

    private static string? Word(ManifestCase c, string name) =>
        c.Params.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
