using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>
/// Reads the results of a plan from its workspace, some units at a time. What is held of a unit are its numbers: what units have in common is held once, and
/// maps, states and curves stay on the disk.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="workspace">Where the results are.</param>
internal sealed class ResultReader(ExperimentPlan plan, Workspace workspace)
{
    /// <summary>Units that are read at once.</summary>
    public const int AtOnce = 256;

    private readonly Dictionary<string, string> _provenances = new(StringComparer.Ordinal);
    private readonly Dictionary<ImageGeometry, ImageGeometry> _geometries = [];
    private readonly Dictionary<string, KeptUnit> _kept = new(StringComparer.Ordinal);
    private readonly StoredMeasurements _measurements = new(workspace.Artifacts, workspace.Scratch);
    private readonly Dictionary<UnitTarget, ReportTarget> _targets = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<UnitTarget, ((int Height, int Width) Size, string Identity)> _regions = new(ReferenceEqualityComparer.Instance);
    private PlannedItem? _item;

    /// <summary>The pools of all pooled metrics; a unit's own value among the others takes the place of what it had.</summary>
    /// <param name="units">What <see cref="ReadAsync"/> gave.</param>
    public IReadOnlyList<ReportPool> Pool(ReportUnit[] units) => Pools.Of(plan.Metrics, units, _measurements);

    /// <summary>What is held of the units that have a result, by key; complete after <see cref="ReadAsync"/>.</summary>
    public IReadOnlyDictionary<string, KeptUnit> Kept => _kept;

    /// <summary>The units with their metrics, in the plan's order.</summary>
    public async Task<ReportUnit[]> ReadAsync(CancellationToken cancellationToken)
    {
        var units = new ReportUnit[plan.Units.Count];
        int done = 0;
        foreach (PlannedUnit[] some in plan.Units.Chunk(AtOnce))
        {
            string[] keys = [.. some.Select(u => u.Key)];
            IReadOnlyDictionary<string, UnitResult> found = await workspace.Units.FindUnitsAsync(keys, cancellationToken);
            IReadOnlyDictionary<string, UnitFailure> failures = await workspace.Units.FindFailuresAsync([.. keys.Where(k => !found.ContainsKey(k))], cancellationToken);
            foreach (PlannedUnit planned in some)
            {
                ReportUnit unit = Unit(planned, found.GetValueOrDefault(planned.Key), failures.GetValueOrDefault(planned.Key));
                units[done++] = found.TryGetValue(planned.Key, out UnitResult? result) ? await KeepAsync(planned, unit, result, cancellationToken) : unit;
            }
        }

        return units;
    }

    private async Task<ReportUnit> KeepAsync(PlannedUnit planned, ReportUnit unit, UnitResult result, CancellationToken cancellationToken)
    {
        StoredMap? map = result.Map is { } stored ? stored with { Geometry = Shared(_geometries, stored.Geometry) } : null;
        _kept[planned.Key] = new KeptUnit(map, map?.WordMaps is null ? null : result.Words, Shared(_provenances, result.Provenance));
        return plan.Metrics.Count == 0 ? unit : await WithMetricsAsync(planned, unit, result, cancellationToken);
    }

    private async Task<ReportUnit> WithMetricsAsync(PlannedUnit planned, ReportUnit unit, UnitResult result, CancellationToken cancellationToken)
    {
        string region = await RegionAsync(planned, result, cancellationToken);
        string[] keys = [.. plan.Metrics.Select(m => MetricTasks.Key(planned, m, region))];
        IReadOnlyDictionary<string, StoredMetric> values = await workspace.Units.FindMetricsAsync(keys, cancellationToken);
        IReadOnlyDictionary<string, UnitFailure> failures = await workspace.Units.FindFailuresAsync([.. keys.Where(k => !values.ContainsKey(k))], cancellationToken);
        Dictionary<string, MetricResult> metrics = new(keys.Length, StringComparer.Ordinal);
        Dictionary<string, string>? failed = null;
        for (int m = 0; m < keys.Length; m++)
        {
            string metric = plan.Metrics[m].Text;
            if (values.TryGetValue(keys[m], out StoredMetric? value) && await _measurements.ReadAsync(value, cancellationToken) is { } read) metrics[metric] = read;
            else (failed ??= new Dictionary<string, string>(StringComparer.Ordinal))[metric] = failures.GetValueOrDefault(keys[m])?.Message ?? $"{metric} was not computed";
        }

        unit = unit with { Metrics = metrics };
        return failed is null ? unit : unit with { MetricFailures = failed };
    }

    private ReportUnit Unit(PlannedUnit unit, UnitResult? result, UnitFailure? failure)
    {
        ReportUnit made = new()
        {
            Key = unit.Key,
            Model = unit.Model.Id,
            Item = unit.Item.Item,
            Target = Target(unit),
            Explainer = unit.Explainer.Chosen.Text,
            Score = result?.Score,
            ExplainedScore = result?.ExplainedScore,
            ExplainedFunction = result is null ? null : Shared(_provenances, result.ExplainedFunction),
            Signed = result?.Map?.Signed ?? false,
            Undefined = result?.Map?.Undefined,
            Warning = result?.Warning is { } warning ? Shared(_provenances, warning) : null,
            Failure = result is null ? failure?.Message ?? "it was not computed" : null,
        };
        return result is { Numbers.Count: > 0 } ? made with { Numbers = result.Numbers } : made;
    }

    /// <summary>One object for the units that explain one thing by several explainers.</summary>
    private ReportTarget Target(PlannedUnit unit)
    {
        if (!ReferenceEquals(_item, unit.Item))
        {
            _targets.Clear();
            _regions.Clear();
        }

        _item = unit.Item;
        if (!_targets.TryGetValue(unit.Target, out ReportTarget? made))
            _targets[unit.Target] = made = new ReportTarget(unit.Target.Identity, unit.Target.Description, unit.Target.Text, unit.Target.Label, unit.Target.RegionsOf(unit.Item.Item));
        return made;
    }

    /// <summary>The region of a target, drawn once for all explainers.</summary>
    private async Task<string> RegionAsync(PlannedUnit unit, UnitResult result, CancellationToken cancellationToken)
    {
        (int, int) size = result.Map is { Geometry: { } g } ? (g.SourceHeight, g.SourceWidth) : default;
        if (_regions.TryGetValue(unit.Target, out ((int, int) Size, string Identity) known) && known.Size == size) return known.Identity;
        string identity = await MetricTasks.RegionIdentityAsync(unit, result, plan.Metrics, cancellationToken);
        _regions[unit.Target] = (size, identity);
        return identity;
    }

    private static T Shared<T>(Dictionary<T, T> all, T one)
        where T : notnull
    {
        if (!all.TryGetValue(one, out T? shared)) all[one] = shared = one;
        return shared;
    }
}
