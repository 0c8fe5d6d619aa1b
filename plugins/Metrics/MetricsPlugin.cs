using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.Metrics.Faithfulness;

namespace Pellucid.Plugins.Metrics;

/// <summary>Registers the metrics, a family a file.</summary>
public sealed class MetricsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddFaithfulnessMetrics();
    }
}
