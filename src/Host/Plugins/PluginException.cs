using Pellucid.Graphs;

namespace Pellucid.Host.Plugins;

/// <summary>A plugin cannot be used; says in which state that leaves it.</summary>
public sealed class PluginException : PellucidException
{
    /// <summary>Makes the error.</summary>
    /// <param name="state">State of the plugin.</param>
    /// <param name="reason">What is wrong and what to do, as a sentence without the plugin's name.</param>
    /// <param name="cause">What the plugin's code threw, if any.</param>
    public PluginException(PluginState state, string reason, Exception? cause = null)
        : base(reason, cause!) => State = state;

    /// <summary>State of the plugin.</summary>
    public PluginState State { get; }
}
