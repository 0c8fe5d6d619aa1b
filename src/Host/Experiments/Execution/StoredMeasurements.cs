using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>
/// Brings the metric results of a whole data set back so that they take little memory: names and reasons are shared, curves and large states stay on the disk.
/// Not safe for concurrent use; the results are.
/// </summary>
/// <param name="artifacts">Where states are.</param>
/// <param name="scratch">Makes the file for curves.</param>
internal sealed class StoredMeasurements(IArtifactStore artifacts, Func<ScratchFile> scratch)
{
    /// <summary>States of at most so many values are held: pools are filled again and again with counts, but not with maps.</summary>
    private const int MostHeld = 256;

    private static readonly IReadOnlyDictionary<string, HostTensor> NoState = new Dictionary<string, HostTensor>(StringComparer.Ordinal);

    private readonly Dictionary<string, string[]> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredCurves.Shape> _shapes = new(StringComparer.Ordinal);
    private ScratchFile? _curves;

    /// <summary>A result again; null where an artifact of its state is missing or damaged.</summary>
    public async Task<MetricResult?> ReadAsync(StoredMetric stored, CancellationToken cancellationToken)
    {
        StoredMeasurement kept = StoredJson.Read<StoredMeasurement>(stored.Detail);
        if (await StateAsync(kept.State, cancellationToken) is not { } state) return null;
        MetricResult result = kept.Status switch
        {
            MetricStatus.Measured => MetricResult.Of(stored.Value!.Value),
            MetricStatus.Pooled => MetricResult.Pooled(state),
            MetricStatus.Undefined => MetricResult.Undefined(Reason(kept.Reason!)),
            _ => MetricResult.NotApplicable(Reason(kept.Reason!)),
        };
        if (kept.Curves.Count > 0) result = result with { Curves = [.. kept.Curves.Select(c => new MetricCurve(c.Name, c.X, c.Y))] };
        if (kept.Details.Count > 0) result = result with { Details = kept.Details };
        return Hold(state.Count > 0 ? result with { State = state } : result);
    }

    /// <summary>The same result so that it takes little memory.</summary>
    public MetricResult Hold(MetricResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Curves is { Count: > 0 } and not StoredCurves) result = result with { Curves = Curves(result.Curves) };
        return result.Details is { Count: > 0 } and not NamedNumbers ? result with { Details = new NamedNumbers(Names(result.Details.Keys), [.. result.Details.Values]) } : result;
    }

    private async Task<IReadOnlyDictionary<string, HostTensor>?> StateAsync(IReadOnlyDictionary<string, string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0) return NoState;
        SortedDictionary<string, HostTensor> held = new(StringComparer.Ordinal);
        long values = 0;
        foreach ((string name, string artifact) in names)
        {
            if (await artifacts.ReadAsync(artifact, cancellationToken) is not { } file) return null;
            HostTensor tensor = NpyFormat.Read(file);
            values += tensor.Length;
            if (values <= MostHeld) held[name] = tensor;
        }

        return values <= MostHeld ? held : new StoredState(names, artifacts);
    }

    private StoredCurves Curves(IReadOnlyList<MetricCurve> curves)
    {
        string key = string.Join('\n', curves.Select(c => $"{c.X.Count} {c.Name}"));
        if (!_shapes.TryGetValue(key, out StoredCurves.Shape? shape)) _shapes[key] = shape = new StoredCurves.Shape([.. curves.Select(c => c.Name)], [.. curves.Select(c => c.X.Count)]);
        _curves ??= scratch();
        return new StoredCurves(shape, _curves.Append([.. curves.SelectMany(c => c.X.Concat(c.Y))]), _curves);
    }

    private string[] Names(IEnumerable<string> names)
    {
        string key = string.Join('\n', names);
        if (!_names.TryGetValue(key, out string[]? shared)) _names[key] = shared = [.. names];
        return shared;
    }

    private string Reason(string reason)
    {
        if (!_reasons.TryGetValue(reason, out string? shared)) _reasons[reason] = shared = reason;
        return shared;
    }
}
