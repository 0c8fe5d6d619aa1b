using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Host.Models;

/// <summary>Finds models by id (a folder name in a models folder) or by path, and loads them, each once, with the adapter that knows them. Not safe for concurrent use.</summary>
public sealed class ModelLocator
{
    /// <summary>Variable that names further folders of models, separated as in PATH.</summary>
    public const string FoldersVariable = "PELLUCID_MODELS";

    private readonly IReadOnlyList<string> _folders;
    private readonly HostServices _services;
    private readonly Dictionary<ModelSource, IVisionLanguageModel> _loaded = [];

    /// <summary>Looks in the folder of embedded models and in those of <see cref="FoldersVariable"/>.</summary>
    public ModelLocator(HostServices services, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(variable);
        _services = services;
        string[] own = (variable(FoldersVariable) ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _folders = [.. own.Select(Path.GetFullPath), Path.Combine(services.Settings.HostFolder, "models")];
    }

    /// <summary>Models that are there by id, in ordinal order; the first folder wins where two have the same name.</summary>
    public IReadOnlyList<ModelSource> Known() =>
        [.. _folders.Where(Directory.Exists).SelectMany(Directory.GetDirectories)
            .Select(d => new ModelSource(Path.GetFileName(d), d))
            .DistinctBy(m => m.Id, StringComparer.Ordinal).OrderBy(m => m.Id, StringComparer.Ordinal)];

    /// <summary>Where a model lies.</summary>
    /// <exception cref="PellucidException">There is neither such an id nor such a path; the message lists the nearest ids.</exception>
    public ModelSource Find(string idOrPath, string? tokenizer = null)
    {
        if (string.IsNullOrWhiteSpace(idOrPath)) throw new PellucidException("the model's name is empty: give an id that 'models list' shows, or a folder");
        if (tokenizer is not null && !Directory.Exists(tokenizer) && !File.Exists(tokenizer)) throw new PellucidException($"there is no tokenizer folder or file '{tokenizer}'");
        IReadOnlyList<ModelSource> known = Known();
        if (known.FirstOrDefault(m => string.Equals(m.Id, idOrPath, StringComparison.Ordinal)) is { } byId) return byId with { TokenizerPath = tokenizer };
        if (Directory.Exists(idOrPath) || File.Exists(idOrPath)) return new ModelSource(idOrPath, Path.GetFullPath(idOrPath), tokenizer);
        throw new PellucidException(
            $"there is no model '{idOrPath}': it is no id ({string.Join(", ", known.Select(m => m.Id))}) and no folder or file{NearestNames.Suffix(idOrPath, known.Select(m => m.Id))}");
    }

    /// <summary>What each adapter says about a place, by adapter id.</summary>
    public IReadOnlyList<(IModelAdapter Adapter, AdapterProbe Probe)> Probe(ModelSource source) =>
        [.. _services.ModelAdapters.Select(a => (a, a.Probe(source.Path)))];

    /// <summary>Loads a model with the first adapter that knows it; gives it again where it was loaded before.</summary>
    /// <exception cref="PellucidException">No adapter does; the message says why each refused. Or loading fails.</exception>
    public async Task<IVisionLanguageModel> LoadAsync(ModelSource source, CancellationToken cancellationToken)
    {
        if (_loaded.TryGetValue(source, out IVisionLanguageModel? loaded)) return loaded;
        IReadOnlyList<(IModelAdapter Adapter, AdapterProbe Probe)> probes = Probe(source);
        if (probes.FirstOrDefault(p => p.Probe.Matches).Adapter is { } adapter) return _loaded[source] = await adapter.LoadAsync(source, cancellationToken);
        string reasons = probes.Count == 0
            ? "no plugin with a model adapter is active (see 'plugins list')"
            : string.Join("; ", probes.Select(p => $"{p.Adapter.Id}: {p.Probe.Reason}"));
        throw new PellucidException($"no model adapter can load '{source.Id}': {reasons}");
    }
}
