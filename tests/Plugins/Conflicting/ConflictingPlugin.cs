using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;

namespace TestPlugins.Conflicting;

public sealed class ConflictingPlugin : IPlugin
{
    public void Register(IServiceCollection services) => services.AddExplainer<OtherPlain, NoOptions>("plain", "Another one.", "tests");
}

public sealed class OtherPlain : IExplainer
{
    public ModelCapabilities Requires => ModelCapabilities.Evaluate;

    public bool CanExplain(ExplanationTarget target) => false;

    public Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<Explanation>>([]);
}
