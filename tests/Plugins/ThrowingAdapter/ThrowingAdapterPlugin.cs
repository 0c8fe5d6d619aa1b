using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;

namespace TestPlugins.ThrowingAdapter;

public sealed class ThrowingAdapterPlugin : IPlugin
{
    public void Register(IServiceCollection services) => services.AddModelAdapter<ThrowingAdapter>();
}

public sealed class ThrowingAdapter : IModelAdapter
{
    public ThrowingAdapter() => throw new InvalidOperationException("adapter constructor");

    public string Id => "throwing";

    public string Summary => "cannot be made";

    public AdapterProbe Probe(string path) => new(Matches: false, "never");

    public Task<IVisionLanguageModel> LoadAsync(ModelSource source, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("never made");
}
