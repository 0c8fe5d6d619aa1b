using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>An explainer or a metric with checked options, not made yet.</summary>
public abstract class PartConfiguration
{
    private protected PartConfiguration(PluginInfo plugin, BoundOptions options)
    {
        Plugin = plugin;
        Options = options;
    }

    /// <summary>The plugin that brings it.</summary>
    public PluginInfo Plugin { get; }

    /// <summary>
    /// The one text of this configuration, for provenance and as a key: options that differ from their defaults, in the
    /// order of their names, in canonical spelling. Reading it gives an equal configuration.
    /// </summary>
    public string Text => Options.Text;

    /// <summary>The same with every option, defaults too: what a stored result depends on, whatever a later version's defaults are.</summary>
    public string FullText => Options.FullText;

    /// <summary>Options that were given.</summary>
    internal BoundOptions Options { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
