using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>How a metric's result is kept.</summary>
/// <param name="Status">Whether there is a value.</param>
/// <param name="Reason">Why there is none; null where there is one.</param>
/// <param name="Curves">Curves behind the value.</param>
/// <param name="Details">Further numbers by name.</param>
/// <param name="State">Names of artifacts by name: what a pooled metric keeps of the item.</param>
internal sealed record StoredMeasurement(
    MetricStatus Status, string? Reason, IReadOnlyList<StoredMeasurement.Curve> Curves, IReadOnlyDictionary<string, double> Details, IReadOnlyDictionary<string, string> State)
{
    public sealed record Curve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);

    public static async Task<string> WriteAsync(MetricResult result, IArtifactStore artifacts, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> state = new(StringComparer.Ordinal);
        foreach ((string name, HostTensor tensor) in result.State) state[name] = await artifacts.PutAsync(NpyFormat.Write(tensor), ".npy", cancellationToken);
        return StoredJson.Write(new StoredMeasurement(
            result.Status, result.Reason, [.. result.Curves.Select(c => new Curve(c.Name, c.X, c.Y))], new SortedDictionary<string, double>(result.Details.ToDictionary(d => d.Key, d => d.Value), StringComparer.Ordinal), state));
    }

    /// <summary>The result again; null where an artifact of its state is missing or damaged.</summary>
    public static async Task<MetricResult?> ReadAsync(StoredMetric stored, IArtifactStore artifacts, CancellationToken cancellationToken)
    {
        StoredMeasurement kept = StoredJson.Read<StoredMeasurement>(stored.Detail);
        SortedDictionary<string, HostTensor> state = new(StringComparer.Ordinal);
        foreach ((string name, string artifact) in kept.State)
        {
            if (await artifacts.ReadAsync(artifact, cancellationToken) is not { } file) return null;
            state[name] = NpyFormat.Read(file);
        }

        MetricResult result = kept.Status switch
        {
            MetricStatus.Measured => MetricResult.Of(stored.Value!.Value),
            MetricStatus.Pooled => MetricResult.Pooled(state),
            MetricStatus.Undefined => MetricResult.Undefined(kept.Reason!),
            _ => MetricResult.NotApplicable(kept.Reason!),
        };
        return result with { Curves = [.. kept.Curves.Select(c => new MetricCurve(c.Name, c.X, c.Y))], Details = kept.Details, State = state };
    }
}
