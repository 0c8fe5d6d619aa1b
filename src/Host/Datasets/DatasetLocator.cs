using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;

namespace Pellucid.Host.Datasets;

/// <summary>Finds data sets by name (a folder beside the host) or path, and the reader that knows them.</summary>
/// <param name="services">The host's services.</param>
public sealed class DatasetLocator(HostServices services)
{
    /// <summary>Embedded data sets by name.</summary>
    public IReadOnlyList<string> Known => Directory.Exists(Embedded) ? [.. Directory.GetDirectories(Embedded).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)] : [];

    private string Embedded => Path.Combine(services.Settings.HostFolder, "datasets");

    /// <summary>Full path of a data set.</summary>
    /// <param name="nameOrPath">Name of an embedded one, or a path.</param>
    /// <param name="folder">Where relative paths start.</param>
    /// <exception cref="PellucidException">There is neither; the message lists the nearest names.</exception>
    public string Find(string nameOrPath, string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nameOrPath);
        if (Known.Contains(nameOrPath, StringComparer.Ordinal)) return Path.Combine(Embedded, nameOrPath);
        string path = Path.GetFullPath(Path.Combine(folder, nameOrPath));
        if (Directory.Exists(path) || File.Exists(path)) return path;
        throw new PellucidException($"there is no data set '{nameOrPath}': it is no embedded one ({string.Join(", ", Known)}) and '{path}' does not exist{NearestNames.Suffix(nameOrPath, Known)}");
    }

    /// <summary>The reader of an id, or the first that knows a place.</summary>
    /// <param name="path">Full path of the data set.</param>
    /// <param name="id">Id of the reader; null to look.</param>
    /// <exception cref="PellucidException">There is no such reader, or none knows the place; the message says why each refused.</exception>
    public IDatasetReader Reader(string path, string? id = null)
    {
        IReadOnlyList<IDatasetReader> readers = services.DatasetReaders;
        string[] ids = [.. readers.Select(r => r.Id)];
        if (id is not null)
        {
            return readers.FirstOrDefault(r => r.Id == id)
                ?? throw new PellucidException($"there is no reader of data sets '{id}'; known: {string.Join(", ", ids)}{NearestNames.Suffix(id, ids)}");
        }

        (IDatasetReader Reader, DatasetProbe Probe)[] probes = [.. readers.Select(r => (r, r.Probe(path)))];
        return probes.FirstOrDefault(p => p.Probe.Matches).Reader
            ?? throw new PellucidException(probes.Length == 0
                ? "no plugin with a reader of data sets is active (see 'plugins list')"
                : $"no reader knows the data set '{path}': {string.Join("; ", probes.Select(p => $"{p.Reader.Id}: {p.Probe.Reason}"))}");
    }
}
