using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.Metrics.Axiomatic;
using Pellucid.Plugins.Metrics.Complexity;
using Pellucid.Plugins.Metrics.Faithfulness;
using Pellucid.Plugins.Metrics.Interactions;
using Pellucid.Plugins.Metrics.Localization;
using Pellucid.Plugins.Metrics.Randomization;
using Pellucid.Plugins.Metrics.Retrieval;
using Pellucid.Plugins.Metrics.Robustness;
using Pellucid.Plugins.Metrics.Text;

namespace Pellucid.Plugins.Metrics;

/// <summary>Registers the metrics, a family a file.</summary>
public sealed class MetricsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddFaithfulnessMetrics();
        services.AddTextMetrics();
        services.AddRetrievalMetrics();
        services.AddInteractionMetrics();
        services.AddAxiomaticMetrics();
        services.AddRobustnessMetrics();
        services.AddLocalizationMetrics();
        services.AddComplexityMetrics();
        services.AddRandomizationMetrics();
    }
}
