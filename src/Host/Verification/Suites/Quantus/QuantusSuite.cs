using System.Text.Json;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>The suite "quantus": metrics of explanations, with their random draws.</summary>
internal sealed class QuantusSuite : IVerificationSuite
{
    private static readonly IReadOnlyList<MetricMapping> Mappings =
    [
        FaithfulnessCases.Map, AxiomaticCases.Map, PaperCases.Map,
        LocalizationCases.Map, ComplexityCases.Map, RobustnessCases.Map, RandomizationCases.Map,
    ];

    /// <inheritdoc/>
    public string Kind => "quantus";

    /// <inheritdoc/>
    public async Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        QuantusInputs? inputs = null;
        foreach (ManifestCase c in run.Applicable(manifest.Cases))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var parameters = new MetricParameters(c);
            MetricCase? known = Mappings.Select(m => m(c, parameters)).FirstOrDefault(m => m is not null);
            if ((known is null ? "no metric of this name" : parameters.Unknown) is { } reason)
            {
                run.NotImplemented(c.Id, c.Method, reason);
                continue;
            }

            inputs ??= await QuantusInputs.LoadAsync(manifest, run, cancellationToken);
            run.Add(await ComputeAsync(c, known!, inputs, run, cancellationToken));
        }
    }

    private static async Task<CaseResult> ComputeAsync(ManifestCase c, MetricCase known, QuantusInputs inputs, SuiteRun run, CancellationToken cancellationToken)
    {
        try
        {
            if (c.Scores is not { ValueKind: JsonValueKind.Array or JsonValueKind.Object } reference)
                return new CaseResult(c.Id, c.Method, CaseOutcome.Failed, "the manifest holds no scores of the case");
            IMetric metric = run.Metric(known.SuiteOptions is { } more ? known.Spec.Replace(")", $", {more(inputs)})", StringComparison.Ordinal) : known.Spec);
            IExplainer? explainer = known.Explainer is { } spec ? run.Explainer(spec) : null;
            MetricRequest request = new()
            {
                Model = inputs.Model,
                Items = inputs.Items(c, known),
                Explainer = explainer,
                BatchSize = 16,
            };
            IReadOnlyList<MetricResult> results = await metric.RunAsync(request, cancellationToken);
            if (results.FirstOrDefault(r => r.Status == MetricStatus.NotApplicable) is { } refused)
                return new CaseResult(c.Id, c.Method, CaseOutcome.Failed, refused.Reason);
            PooledResult? pooled = metric is IPooledMetric pooling ? Pool(pooling, results) : null;
            return ScoreComparison.Compare(c, reference, known.Read(pooled?.Items ?? results, pooled));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new CaseResult(c.Id, c.Method, CaseOutcome.Failed, CaseFaults.Describe(fault));
        }
    }

    private static PooledResult Pool(IPooledMetric metric, IReadOnlyList<MetricResult> results)
    {
        IMetricPool pool = metric.CreatePool();
        foreach (MetricResult result in results) pool.Add(result);
        return pool.Finish();
    }
}
