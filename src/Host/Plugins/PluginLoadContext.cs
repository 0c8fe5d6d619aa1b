using System.Reflection;
using System.Runtime.Loader;

namespace Pellucid.Host.Plugins;

/// <summary>
/// Loads one plugin's assemblies from its folder. The contracts, the Microsoft.Extensions abstractions, System.Numerics.Tensors and
/// the .NET runtime come from the host; everything else must be in the folder, so that a plugin never depends by accident
/// on what the host happens to use.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "Pellucid.Abstractions",
        "Pellucid.Graphs",
        "Pellucid.Modeling",
        "System.Numerics.Tensors",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Diagnostics.Abstractions",
        "Microsoft.Extensions.Configuration.Abstractions",
        "Microsoft.Extensions.Options",
        "Microsoft.Extensions.Primitives",
    };

    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private readonly AssemblyDependencyResolver _resolver;
    private readonly HashSet<string> _files;

    public PluginLoadContext(string folder, PluginManifest manifest)
        : base("plugin " + manifest.Id, isCollectible: true)
    {
        EntryPath = Path.Combine(folder, manifest.Entry);
        _resolver = new AssemblyDependencyResolver(EntryPath);
        _files = [.. manifest.Files.Keys.Select(f => Path.GetFullPath(Path.Combine(folder, f)))];
    }

    public string EntryPath { get; }

    /// <summary>Whether an assembly that the plugin refers to can be had.</summary>
    public bool CanResolve(AssemblyName name) => ComesFromHost(name) || FindInFolder(name) is not null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Null means: as the host has it.
        if (ComesFromHost(assemblyName)) return null;
        return FindInFolder(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : throw new FileNotFoundException($"{assemblyName.Name} {assemblyName.Version} is neither in the plugin's folder nor shared by the host");
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path && _files.Contains(Path.GetFullPath(path))
            ? LoadUnmanagedDllFromPath(path)
            : 0;

    private static bool ComesFromHost(AssemblyName name) =>
        Shared.Contains(name.Name!) || File.Exists(Path.Combine(FrameworkFolder, name.Name + ".dll"));

    private string? FindInFolder(AssemblyName name) =>
        _resolver.ResolveAssemblyToPath(name) is { } path && _files.Contains(Path.GetFullPath(path)) ? path : null;
}
