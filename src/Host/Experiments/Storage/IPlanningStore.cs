using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Remembers what planning an experiment costs: what a model predicts for an image, and hashes of image files. Losing it costs time and nothing else.</summary>
public interface IPlanningStore
{
    /// <summary>Predictions that are there, of the keys asked for: the place of what was chosen among its candidates.</summary>
    Task<IReadOnlyDictionary<string, int>> FindPredictionsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Adds predictions, unless the store may only be looked at.</summary>
    /// <exception cref="PellucidException">The store cannot be written.</exception>
    Task AddPredictionsAsync(IReadOnlyDictionary<string, int> choices, CancellationToken cancellationToken);

    /// <summary>Files that are known, of the paths asked for.</summary>
    Task<IReadOnlyDictionary<string, FileStamp>> FindFilesAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken);

    /// <summary>Adds files, in place of what was known of them, unless the store may only be looked at.</summary>
    /// <exception cref="PellucidException">The store cannot be written.</exception>
    Task AddFilesAsync(IReadOnlyCollection<FileStamp> files, CancellationToken cancellationToken);

    /// <summary>Forgets a file: for one whose content is not what its size and time promised.</summary>
    /// <exception cref="PellucidException">The store cannot be written.</exception>
    Task ForgetFileAsync(string path, CancellationToken cancellationToken);
}
