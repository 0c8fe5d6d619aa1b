using Pellucid.Abstractions.Plugins;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>An explainer with checked options, not made yet.</summary>
public sealed class ExplainerConfiguration
{
    internal ExplainerConfiguration(
        ExplainerRegistration registration, PluginInfo plugin, string text, IReadOnlyList<(OptionDescription Option, object? Value)> values)
    {
        Registration = registration;
        Plugin = plugin;
        Text = text;
        Values = values;
    }

    /// <summary>The explainer.</summary>
    public ExplainerRegistration Registration { get; }

    /// <summary>The plugin that brings it.</summary>
    public PluginInfo Plugin { get; }

    /// <summary>
    /// The one text of this configuration, for provenance and as a key: options that differ from their defaults, in the
    /// order of their names, in canonical spelling. Reading it gives an equal configuration.
    /// </summary>
    public string Text { get; }

    /// <summary>Options that were given; a nested explainer stands as its configuration.</summary>
    internal IReadOnlyList<(OptionDescription Option, object? Value)> Values { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
