using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Plugins;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>A metric with checked options, not made yet.</summary>
public sealed class MetricConfiguration : PartConfiguration
{
    internal MetricConfiguration(MetricRegistration registration, PluginInfo plugin, BoundOptions options)
        : base(plugin, options) => Registration = registration;

    /// <summary>The metric.</summary>
    public MetricRegistration Registration { get; }

    /// <summary>
    /// Every option that decides what is measured of an item: for a pooled metric all but those of its pool (<see cref="PoolOptionAttribute"/>), for others all.
    /// </summary>
    public string ItemText => typeof(IPooledMetric).IsAssignableFrom(Registration.MetricType) ? Options.ItemText : FullText;
}
