using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Host.Plugins;

/// <summary>Loads the code of a plugin whose manifest, files and trust were checked.</summary>
internal static class PluginLoader
{
    /// <summary>Loads, constructs and registers a plugin.</summary>
    /// <exception cref="PluginException">Whatever goes wrong in it.</exception>
    public static LoadedPlugin Load(string folder, PluginManifest manifest, Action<IServiceCollection> addHostServices)
    {
        PluginLoadContext? context = null;
        try
        {
            context = new PluginLoadContext(folder, manifest);
            Assembly entry = Try("its entry assembly cannot be loaded", () => context.LoadFromAssemblyPath(context.EntryPath));
            CheckReferences(context, entry);
            Type[] types = Try("its types cannot be loaded", entry.GetTypes);
            IPlugin plugin = Try("its constructor failed", () => (IPlugin)Activator.CreateInstance(FindEntryType(types))!);
            ServiceCollection services = [];
            Try("its Register method failed", () =>
            {
                plugin.Register(services);
                return services;
            });
            CheckRegistrations(services, manifest);
            return new LoadedPlugin(context, services, addHostServices);
        }
        catch (Exception fault) when (PluginFaults.IsContained(fault))
        {
            context?.Unload();
            if (fault is PluginException) throw;
            throw new PluginException(PluginState.Malfunctioned, PluginFaults.Describe("it cannot be loaded", fault), fault);
        }
    }

    private static T Try<T>(string failure, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is not PluginException && PluginFaults.IsContained(fault))
        {
            throw new PluginException(PluginState.Malfunctioned, PluginFaults.Describe(failure, fault), fault);
        }
    }

    private static void CheckReferences(PluginLoadContext context, Assembly entry)
    {
        string[] missing = [.. entry.GetReferencedAssemblies().Where(r => !context.CanResolve(r)).Select(r => $"{r.Name} {r.Version}")];
        if (missing.Length > 0)
        {
            throw new PluginException(PluginState.Malfunctioned,
                $"it needs {string.Join(", ", missing)}, which is neither in its folder nor shared by the host; add it to the plugin's files");
        }
    }

    private static Type FindEntryType(Type[] types)
    {
        Type[] found = [.. types.Where(t => t is { IsClass: true, IsAbstract: false, IsPublic: true } && typeof(IPlugin).IsAssignableFrom(t))];
        if (found.Length == 0) throw Broken("no public class in its entry assembly implements IPlugin");
        if (found.Length > 1) throw Broken($"several classes implement IPlugin: {string.Join(", ", found.Select(t => t.Name))}; one is needed");
        if (found[0].GetConstructor(Type.EmptyTypes) is null) throw Broken($"{found[0].Name} has no public constructor without parameters");
        return found[0];
    }

    private static void CheckRegistrations(ServiceCollection services, PluginManifest manifest)
    {
        foreach (string needed in services.Select(PluginCapabilities.Of).OfType<string>())
        {
            if (!manifest.Capabilities.Contains(needed, StringComparer.Ordinal))
                throw Broken($"it registers a {needed}, but its {PluginManifest.FileName} does not list that among its capabilities");
        }

        CheckIds("explainer", services.Select(s => s.ImplementationInstance).OfType<ExplainerRegistration>().Select(e => e.Id));
        CheckIds("metric", services.Select(s => s.ImplementationInstance).OfType<MetricRegistration>().Select(m => m.Id));
        CheckIds("report section", services.Select(s => s.ImplementationInstance).OfType<ReportSectionRegistration>().Select(s => s.Id));
    }

    private static void CheckIds(string kind, IEnumerable<string> registered)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (string id in registered)
        {
            if (!PluginManifestReader.IsId(id))
                throw Broken($"it registers {(kind[0] == 'e' ? "an" : "a")} {kind} with id '{id}'; lower-case letters, digits and dashes, starting with a letter, are needed");
            if (!ids.Add(id)) throw Broken($"it registers the {kind} '{id}' twice");
        }
    }

    private static PluginException Broken(string reason) => new(PluginState.Malfunctioned, reason);
}
