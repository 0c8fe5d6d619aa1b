using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Explanations;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Options;

namespace Pellucid.Host.Caching;

/// <summary>Remembers how explainers were configured, for as long as they live.</summary>
internal sealed class ExplainerIdentities : IExplainerIdentities
{
    private readonly ConditionalWeakTable<IExplainer, ExplainerConfiguration> _known = [];

    /// <inheritdoc/>
    public string? Of(IExplainer explainer) => _known.TryGetValue(explainer, out ExplainerConfiguration? configuration) ? PartIdentity.Of(configuration) : null;

    /// <summary>Remembers what an explainer was made from.</summary>
    public void Add(IExplainer explainer, ExplainerConfiguration configuration) => _known.AddOrUpdate(explainer, configuration);
}
