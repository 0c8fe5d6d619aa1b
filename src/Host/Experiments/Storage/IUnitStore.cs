using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>
/// Remembers results by their keys. What is written is written once: a second result for a key is ignored, so that any number of runs, also
/// ones that were killed, add up to one. Each writing method takes effect as a whole or not at all.
/// </summary>
public interface IUnitStore : IDisposable
{
    /// <summary>Results that are there, of those asked for.</summary>
    Task<IReadOnlyDictionary<string, UnitResult>> FindUnitsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Adds results; removes the failures noted for their keys.</summary>
    /// <exception cref="PellucidException">The store cannot be written.</exception>
    Task AddUnitsAsync(IReadOnlyList<UnitResult> results, CancellationToken cancellationToken);

    /// <summary>Removes units, with the metrics computed on them: for results whose artifacts are damaged.</summary>
    Task ForgetUnitsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Metric values that are there, of those asked for.</summary>
    Task<IReadOnlyDictionary<string, StoredMetric>> FindMetricsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Adds metric values; removes the failures noted for their keys.</summary>
    /// <exception cref="PellucidException">The store cannot be written.</exception>
    Task AddMetricsAsync(IReadOnlyList<StoredMetric> results, CancellationToken cancellationToken);

    /// <summary>Removes metric values: for results whose artifacts are damaged.</summary>
    Task ForgetMetricsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Notes why units or metrics have no result; the last note for a key stays.</summary>
    /// <exception cref="PellucidException">The store cannot be written.</exception>
    Task NoteFailuresAsync(IReadOnlyList<UnitFailure> failures, CancellationToken cancellationToken);

    /// <summary>Failures that are noted, of the keys asked for.</summary>
    Task<IReadOnlyDictionary<string, UnitFailure>> FindFailuresAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);
}
