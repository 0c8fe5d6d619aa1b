using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>Measures units by metrics. What a metric refuses or spoils becomes a failure; the results are for the caller to keep.</summary>
/// <param name="artifacts">Where maps are, and where the state of pooled metrics goes.</param>
/// <param name="environment">What it runs on, for provenance.</param>
public sealed class MetricExecutor(IArtifactStore artifacts, ExecutionEnvironment environment)
{
    /// <summary>Measures tasks of one metric, one model and one explainer.</summary>
    /// <param name="tasks">At least one.</param>
    /// <param name="item">Their image.</param>
    /// <param name="cancellationToken">Abandons the tasks.</param>
    public async Task<(IReadOnlyList<StoredMetric> Results, IReadOnlyList<UnitFailure> Failures)> RunAsync(IReadOnlyList<MetricTask> tasks, LoadedItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(item);
        UnitFailure[] failures = [.. tasks.Where(t => t.Problem is not null).Select(t => new UnitFailure(t.Key, t.Problem!))];
        MetricTask[] usable = [.. tasks.Where(t => t.Problem is null)];
        if (usable.Length == 0) return ([], failures);
        (IReadOnlyList<MetricResult>? found, string? problem) = await MeasureAsync(usable, item, cancellationToken);
        if (found is null)
        {
            if (usable.Length == 1) return ([], [.. failures, new UnitFailure(usable[0].Key, problem!)]);
            // As with explainers: one unit can spoil a request; alone, each shows what it is worth.
            List<StoredMetric> results = [];
            List<UnitFailure> wrong = [.. failures];
            foreach (MetricTask task in usable)
            {
                (IReadOnlyList<StoredMetric> Results, IReadOnlyList<UnitFailure> Failures) alone = await RunAsync([task], item, cancellationToken);
                results.AddRange(alone.Results);
                wrong.AddRange(alone.Failures);
            }

            return (results, wrong);
        }

        List<StoredMetric> stored = [];
        for (int t = 0; t < usable.Length; t++)
        {
            string detail = await StoredMeasurement.WriteAsync(found[t], artifacts, cancellationToken);
            stored.Add(new StoredMetric(usable[t].Key, usable[t].Unit.Key, found[t].Status == MetricStatus.Measured ? found[t].Value : null, detail, Provenance(usable[t].Metric)));
        }

        return (stored, failures);
    }

    private async Task<(IReadOnlyList<MetricResult>? Found, string? Problem)> MeasureAsync(MetricTask[] tasks, LoadedItem item, CancellationToken cancellationToken)
    {
        PlannedMetric metric = tasks[0].Metric;
        PlannedUnit first = tasks[0].Unit;
        var items = new MeasuredItem[tasks.Length];
        for (int t = 0; t < items.Length; t++) items[t] = await ItemAsync(tasks[t], item, cancellationToken);
        try
        {
            if (metric.Metric.Traits.Needs.HasFlag(MetricNeeds.Captions))
            {
                for (int t = 0; t < items.Length; t++) items[t] = items[t] with { Captions = await CaptionsAsync(tasks[t].Unit, cancellationToken) };
            }

            MetricRequest request = new() { Model = first.Model.Model, Explainer = first.Explainer.Chosen.Explainer, Items = items };
            return (await metric.Metric.RunAsync(request, cancellationToken), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (PellucidException e)
        {
            return (null, $"{metric.Text}: {e.Message}");
        }
        catch (Exception e) when (PluginFaults.IsContained(e))
        {
            return (null, PluginFaults.Describe($"{metric.Text} failed", e));
        }
    }

    private async Task<MeasuredItem> ItemAsync(MetricTask task, LoadedItem item, CancellationToken cancellationToken)
    {
        PlannedUnit unit = task.Unit;
        ExplanationTarget target = await unit.Target.ResolveAsync(unit.Model.Texts, cancellationToken);
        Explanation explanation = await artifacts.ToExplanationAsync(task.Result, target, unit.Target.Text is { } text ? (await unit.Model.Texts.GetAsync(text, cancellationToken)).Tokens : null, cancellationToken);
        MeasuredItem measured = MeasuredItem.Of(item.Input, explanation) with
        {
            Name = unit.Item.Item.Id,
            Seed = unit.Item.Seed,
            Masks = task.Mask is { } mask ? [MetricTasks.ToInput(mask, item.Input.Geometry)] : [],
        };
        if (!task.Metric.Metric.Traits.Needs.HasFlag(MetricNeeds.Candidates) || await unit.Target.CandidatesAsync(unit.Model.Texts, cancellationToken) is not { } candidates) return measured;
        return measured with { Candidates = candidates.Texts, CandidateIndex = candidates.Index };
    }

    private static async Task<IReadOnlyList<TextInput>> CaptionsAsync(PlannedUnit unit, CancellationToken cancellationToken)
    {
        List<TextInput> captions = [];
        foreach (string caption in unit.Item.Item.Captions.Distinct(StringComparer.Ordinal)) captions.Add(await unit.Model.Texts.GetAsync(caption, cancellationToken));
        return captions;
    }

    private string Provenance(PlannedMetric metric) => StoredJson.Write(new
    {
        pellucid = typeof(MetricExecutor).Assembly.GetName().Version!.ToString(3),
        contract = ContractVersion.Current,
        metric = metric.Text,
        metricIdentity = metric.ItemIdentity,
        source = metric.Source,
        device = environment.Device,
        deviceDetail = environment.DeviceDetail,
        engine = environment.Engine,
        threads = environment.Threads,
    });
}
