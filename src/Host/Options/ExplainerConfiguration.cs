using Pellucid.Abstractions.Plugins;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>An explainer with checked options, not made yet.</summary>
public sealed class ExplainerConfiguration : PartConfiguration
{
    internal ExplainerConfiguration(ExplainerRegistration registration, PluginInfo plugin, BoundOptions options)
        : base(plugin, options) => Registration = registration;

    /// <summary>The explainer.</summary>
    public ExplainerRegistration Registration { get; }
}
