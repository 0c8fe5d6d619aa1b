using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Host.Verification.Models;

/// <summary>Loads models the way a user's command does, through the adapters of the plugins; each once.</summary>
/// <param name="adapters">Adapters of all active plugins.</param>
internal sealed class ModelLoader(IReadOnlyList<IModelAdapter> adapters)
{
    private readonly Dictionary<string, IVisionLanguageModel> _models = new(StringComparer.Ordinal);

    /// <summary>Whether an adapter can load what lies there; if none can, the reason of each.</summary>
    public bool CanLoad(string path, out string reasons) => Find(path, out reasons) is not null;

    /// <summary>Loads a model folder or checkpoint file.</summary>
    /// <exception cref="PellucidException">No adapter knows it, or it cannot be loaded.</exception>
    public async Task<IVisionLanguageModel> LoadAsync(string path, CancellationToken cancellationToken)
    {
        if (_models.TryGetValue(path, out IVisionLanguageModel? known)) return known;
        IModelAdapter adapter = Find(path, out string reasons) ?? throw new PellucidException($"no installed model adapter loads '{path}' ({reasons})");
        return _models[path] = await adapter.LoadAsync(new ModelSource(path, path), cancellationToken);
    }

    private IModelAdapter? Find(string path, out string reasons)
    {
        List<string> refusals = [];
        foreach (IModelAdapter adapter in adapters)
        {
            AdapterProbe probe = adapter.Probe(path);
            refusals.Add($"{adapter.Id}: {probe.Reason}");
            if (!probe.Matches) continue;
            reasons = refusals[^1];
            return adapter;
        }

        reasons = refusals.Count == 0 ? "no plugin with a model adapter is active, see 'plugins list'" : string.Join("; ", refusals);
        return null;
    }
}
