using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;

namespace Pellucid.Host.Verification;

/// <summary>One run of one suite: its parts and the results so far.</summary>
internal sealed class SuiteRun
{
    private readonly List<CaseResult> _results = [];
    private readonly Dictionary<string, int> _order = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IExplainer> _explainers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IMetric> _metrics = new(StringComparer.Ordinal);
    private readonly VerificationServices _services;
    private readonly string? _methodFilter;
    private readonly Action<string>? _progress;

    public SuiteRun(VerificationServices services, ReferenceModels models, string? methodFilter, Action<string>? progress)
    {
        (_services, Models, _methodFilter, _progress) = (services, models, methodFilter, progress);
    }

    /// <summary>Loads the models that manifests name.</summary>
    public ReferenceModels Models { get; }

    /// <summary>Results so far, in the order of the manifest however they were grouped.</summary>
    public IReadOnlyList<CaseResult> Results => [.. _results.OrderBy(r => _order.GetValueOrDefault(r.Id, int.MaxValue))];

    /// <summary>The explainer of a specification; each is made once.</summary>
    /// <exception cref="PellucidException">There is none such.</exception>
    public IExplainer Explainer(string spec) =>
        _explainers.TryGetValue(spec, out IExplainer? known) ? known : _explainers[spec] = _services.CreateExplainer(spec);

    /// <summary>The metric of a specification; each is made once.</summary>
    /// <exception cref="PellucidException">There is none such.</exception>
    public IMetric Metric(string spec) =>
        _metrics.TryGetValue(spec, out IMetric? known) ? known : _metrics[spec] = _services.CreateMetric(spec);

    /// <summary>Whether a method was asked for.</summary>
    public bool Wants(string method) => _methodFilter is null || method.Contains(_methodFilter, StringComparison.OrdinalIgnoreCase);

    /// <summary>The cases to compute: those asked for that the manifest does not mark; the marked ones are noted.</summary>
    public IEnumerable<ManifestCase> Applicable(IEnumerable<ManifestCase> cases)
    {
        foreach (ManifestCase c in cases.Where(c => Wants(c.Method)))
        {
            _order.TryAdd(c.Id, _order.Count);
            if (c.NotApplicable is { } marker) NotApplicable(c.Id, c.Method, marker);
            else yield return c;
        }
    }

    /// <summary>Notes a result.</summary>
    public void Add(CaseResult result)
    {
        _results.Add(result);
        _progress?.Invoke($"{_results.Count} cases");
    }

    /// <summary>Notes a case that this version does not have.</summary>
    public void NotImplemented(string id, string method, string reason) => Add(new CaseResult(id, method, CaseOutcome.NotImplemented, reason));

    /// <summary>Notes a case that holds no number to compare with.</summary>
    public void NotApplicable(string id, string method, string reason) => Add(new CaseResult(id, method, CaseOutcome.NotApplicable, reason));

    /// <summary>Notes a case that could not be computed.</summary>
    public void Failed(string id, string method, string reason) => Add(new CaseResult(id, method, CaseOutcome.Failed, reason));

    /// <summary>Compares a case with its reference tensor.</summary>
    /// <exception cref="PellucidException">The reference is missing.</exception>
    public void Compare(SuiteManifest manifest, ManifestCase c, Computed ours) =>
        Add(TensorComparison.Compare(c.Id, c.Method, manifest.Reference(c.Output), ours, c.Float64Difference));

    /// <summary>Computes and compares one case; where it cannot be computed, it fails with the reason.</summary>
    public async Task ComputeAsync(SuiteManifest manifest, ManifestCase c, Func<Task<Computed>> compute)
    {
        Computed ours;
        try
        {
            ours = await compute();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed(c.Id, c.Method, CaseFaults.Describe(fault));
            return;
        }

        Compare(manifest, c, ours);
    }
}
