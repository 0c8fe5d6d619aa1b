using Microsoft.Extensions.DependencyInjection;
using Pellucid.Graphs;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>Makes objects of plugins, and words for those that are not there.</summary>
internal static class PartMaking
{
    /// <summary>Makes an explainer or a metric.</summary>
    /// <param name="configuration">What was asked for.</param>
    /// <param name="kind">Its kind in words.</param>
    /// <param name="id">Its id.</param>
    /// <param name="type">Its class.</param>
    /// <param name="options">Its options.</param>
    /// <exception cref="PellucidException">It refuses its options, or fails.</exception>
    public static T Make<T>(PartConfiguration configuration, string kind, string id, Type type, object options)
        where T : class
    {
        bool takesOptions = type.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType.IsAssignableFrom(options.GetType())));
        try
        {
            return (T)ActivatorUtilities.CreateInstance(configuration.Plugin.Loaded.Services, type, takesOptions ? [options] : []);
        }
        catch (PellucidException fault)
        {
            throw new PellucidException($"{configuration.Text}: {fault.Message}", fault);
        }
        catch (Exception fault) when (PluginFaults.IsContained(fault))
        {
            throw new PellucidException(PluginFaults.Describe($"the {kind} '{id}' of plugin '{configuration.Plugin.Id}' cannot be made", fault), fault);
        }
    }

    /// <summary>Says that there is none of an id, with near names and the plugins that might bring it.</summary>
    public static string Unknown(string kind, string capability, string id, IEnumerable<string> known, IReadOnlyList<PluginInfo> plugins)
    {
        string message = $"there is no {kind} '{id}'{NearestNames.Suffix(id, known)}";
        string[] silent = [.. plugins
            .Where(p => p.State != PluginState.Active && p.Manifest?.Capabilities.Contains(capability, StringComparer.Ordinal) != false)
            .Select(p => $"plugin '{p.Id}' is {p.State}: {p.Reason}")];
        return silent.Length == 0 ? message : $"{message} ({string.Join("; ", silent)})";
    }
}
