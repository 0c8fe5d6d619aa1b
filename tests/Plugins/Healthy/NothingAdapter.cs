using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace TestPlugins.Healthy;

public sealed class NothingAdapter : IModelAdapter
{
    public NothingAdapter(IGraphRunner runner) => ArgumentNullException.ThrowIfNull(runner);

    public string Id => "nothing";

    public string Summary => "Loads nothing.";

    public AdapterProbe Probe(string path) => new(Matches: false, "nothing is ever recognized");

    public Task<IVisionLanguageModel> LoadAsync(ModelSource source, CancellationToken cancellationToken = default) =>
        throw new PellucidException("nothing can be loaded");
}
