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

    /// <summary>Whether the artifacts of a result's state are there and whole.</summary>
    public static async Task<bool> IsWholeAsync(StoredMetric stored, IArtifactStore artifacts, CancellationToken cancellationToken)
    {
        foreach (string artifact in StoredJson.Read<StoredMeasurement>(stored.Detail).State.Values)
        {
            if (await artifacts.ReadAsync(artifact, cancellationToken) is null) return false;
        }

        return true;
    }
}
