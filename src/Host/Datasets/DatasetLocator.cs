using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Host.Options;

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

    /// <summary>The reader that a specification names, with its options, or the one that recognizes a place.</summary>
    /// <param name="path">Full path of the data set.</param>
    /// <param name="spec">Id of the reader, with options in the grammar of explainers: <c>medmnist(volumes=middle)</c>; null to look.</param>
    /// <exception cref="PellucidException">
    /// There is no such reader or option; none recognizes the place (the message says why each refused) or several do (it lists them).
    /// </exception>
    public IDatasetReader Reader(string path, string? spec = null)
    {
        IReadOnlyList<IDatasetReader> readers = services.DatasetReaders;
        if (spec is not null) return Named(readers, spec);
        (IDatasetReader Reader, DatasetProbe Probe)[] probes = [.. readers.Select(r => (r, r.Probe(path)))];
        (IDatasetReader Reader, DatasetProbe Probe)[] marked = [.. probes.Where(p => p.Probe is { Matches: true, IsGeneral: false })];
        (IDatasetReader Reader, DatasetProbe Probe)[] matching = marked.Length > 0 ? marked : [.. probes.Where(p => p.Probe.Matches)];
        return matching switch
        {
            [var only] => only.Reader,
            [] => throw new PellucidException(probes.Length == 0
                ? "no plugin with a reader of data sets is active (see 'plugins list')"
                : $"no reader knows the data set '{path}': {Reasons(probes)}"),
            _ => throw new PellucidException($"several readers know the data set '{path}'; name one of {string.Join(", ", matching.Select(m => m.Reader.Id))}: {Reasons(matching)}"),
        };
    }

    private static string Reasons(IEnumerable<(IDatasetReader Reader, DatasetProbe Probe)> probes) => string.Join("; ", probes.Select(p => $"{p.Reader.Id}: {p.Probe.Reason}"));

    private static IDatasetReader Named(IReadOnlyList<IDatasetReader> readers, string spec)
    {
        SpecCall call = SpecParser.Parse(spec);
        string[] ids = [.. readers.Select(r => r.Id)];
        IDatasetReader reader = readers.FirstOrDefault(r => r.Id == call.Name.Text) ?? throw new SpecException(
            spec, call.Name.Start, call.Name.Length, $"there is no reader of data sets '{call.Name.Text}'; known: {string.Join(", ", ids)}{NearestNames.Suffix(call.Name.Text, ids)}");
        if (call.Arguments.Count == 0) return reader;
        BoundOptions options = BoundOptions.Bind(spec, call, reader.Id, reader.OptionsType, nested => throw new SpecException(spec, nested.Start, nested.Length, "a data set has no explainers among its options"));
        return reader.With(options.Make(static _ => throw new InvalidOperationException("a data set has no explainers among its options")));
    }
}
