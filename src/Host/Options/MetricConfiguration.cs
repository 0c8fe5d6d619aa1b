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
}
