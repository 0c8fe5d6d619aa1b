using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>Brings embedding-space explanation around any explainer.</summary>
public sealed class EmbeddingFusionPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddExplainer<EmbeddingFusionExplainer, EmbeddingFusionOptions>(
        "embedding-fusion", "Maps of all embedding dimensions by any explainer, summed with a text's weights",
        "Hashmi et al. 2024, Envisioning MedCLIP: a deep dive into explainability for medical vision-language models");
}
