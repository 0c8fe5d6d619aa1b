using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;

namespace Pellucid.Host.Plugins;

/// <summary>Finds plugins in the configured folders, decides about each and loads those that may be. No plugin can make this fail.</summary>
public sealed class PluginCatalog : IDisposable
{
    /// <summary>File beside the host that lists the hashes of the bundled plugins' manifests; written by the host's build.</summary>
    public const string TrustedFileName = "trusted-plugins.json";

    private static readonly SemanticVersion HostContract =
        SemanticVersion.TryParse(ContractVersion.Current, out SemanticVersion? version) ? version : throw new InvalidOperationException("bad contract version");

    private readonly Action<IServiceCollection> _addHostServices;
    private readonly PluginStateStore _state;
    private readonly HashSet<string> _bundledHashes;
    private readonly List<PluginInfo> _plugins = [];

    private PluginCatalog(HostSettings settings, Action<IServiceCollection> addHostServices)
    {
        _addHostServices = addHostServices;
        _state = new PluginStateStore(settings.StateFolder);
        _bundledHashes = ReadBundledHashes(Path.Combine(settings.HostFolder, TrustedFileName));
    }

    /// <summary>All plugins found: the bundled ones first, then by configured folder, each in ordinal order of folder names.</summary>
    public IReadOnlyList<PluginInfo> Plugins => _plugins;

    /// <summary>Finds and loads.</summary>
    /// <param name="settings">Which folders.</param>
    /// <param name="addHostServices">Adds what the host offers to a plugin's services.</param>
    /// <exception cref="PellucidException">A configured folder does not exist, or the state folder cannot be used.</exception>
    public static PluginCatalog Load(HostSettings settings, Action<IServiceCollection> addHostServices)
    {
        ArgumentNullException.ThrowIfNull(settings);
        PluginCatalog catalog = new(settings, addHostServices);
        catalog._state.DisableCrashed();
        foreach ((string folder, bool bundled) in Folders(settings)) catalog._plugins.Add(catalog.Examine(folder, bundled));
        return catalog;
    }

    /// <summary>Folders of all plugins that would be examined, without reading them.</summary>
    /// <exception cref="PellucidException">A configured folder does not exist.</exception>
    public static IReadOnlyList<(string Folder, bool Bundled)> Folders(HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        List<(string, bool)> found = [];
        string bundled = Path.Combine(settings.HostFolder, "plugins");
        if (Directory.Exists(bundled)) found.AddRange(Inside(bundled).Select(f => (f, true)));
        foreach (string configured in settings.PluginFolders)
        {
            string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(configured));
            if (!Directory.Exists(folder)) throw new PellucidException($"the plugin folder '{configured}' does not exist");
            IEnumerable<string> candidates = File.Exists(Path.Combine(folder, PluginManifest.FileName)) ? [folder] : Inside(folder);
            found.AddRange(candidates.Where(c => found.TrueForAll(f => f.Item1 != c)).Select(c => (c, false)));
        }

        return found;
    }

    /// <summary>The plugin with an id: the active one where several have it.</summary>
    /// <exception cref="PellucidException">There is none; the message lists the nearest ids.</exception>
    public PluginInfo Find(string id) =>
        _plugins.Where(p => p.Id == id).OrderBy(p => p.State == PluginState.Active ? 0 : 1).FirstOrDefault()
        ?? throw new PellucidException($"there is no plugin '{id}'{NearestNames.Suffix(id, _plugins.Select(p => p.Id))}");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PluginInfo plugin in _plugins) plugin.Release();
    }

    private static IEnumerable<string> Inside(string folder) =>
        Directory.GetDirectories(folder).OrderBy(f => f, StringComparer.Ordinal);

    private static HashSet<string> ReadBundledHashes(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.EnumerateObject().Select(p => p.Value.GetString()!.ToLowerInvariant())];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"'{path}' is damaged: {fault.Message}; build or install Pellucid again", fault);
        }
    }

    private PluginInfo Examine(string folder, bool bundled)
    {
        PluginManifest? manifest = null;
        try
        {
            manifest = PluginManifestReader.Read(folder);
            Decide(folder, bundled, manifest);
            // What the host brings is part of it: a host that is killed while it starts must not be without its own explainers ever after.
            LoadedPlugin loaded = IsOfHost(bundled, manifest) ? PluginLoader.Load(folder, manifest, _addHostServices) : LoadNoted(folder, manifest);
            if (Conflict(loaded) is { } conflict)
            {
                loaded.Dispose();
                throw new PluginException(PluginState.Malfunctioned, conflict);
            }

            return new PluginInfo(folder, bundled, manifest, loaded, PluginState.Active, reason: null);
        }
        catch (PluginException fault)
        {
            PluginInfo info = new(folder, bundled, manifest, loaded: null, fault.State, fault.Message);
            if (fault.InnerException is { } cause) info.MarkCause(cause);
            return info;
        }
    }

    private LoadedPlugin LoadNoted(string folder, PluginManifest manifest)
    {
        using LoadingNote? note = _state.NoteLoading(manifest.Id);
        try
        {
            return PluginLoader.Load(folder, manifest, _addHostServices);
        }
        finally
        {
            _state.Acquit(manifest.Id);
        }
    }

    private bool IsOfHost(bool bundled, PluginManifest manifest) => bundled && _bundledHashes.Contains(manifest.Hash);

    /// <summary>Everything that is checked before code is loaded, cheapest and most telling first.</summary>
    private void Decide(string folder, bool bundled, PluginManifest manifest)
    {
        if (!manifest.Contract.Contains(HostContract))
            throw new PluginException(PluginState.Incompatible, $"it needs contracts {manifest.Contract}, this host has {HostContract}; get a version of the plugin for this host");
        PluginFolder.Check(folder, manifest);
        if (_plugins.Find(p => p.Id == manifest.Id && p.State == PluginState.Active) is { } first)
            throw new PluginException(PluginState.Disabled, $"its id is taken by the plugin in '{first.Folder}'; remove one of them");
        if (_state.DisabledBecause(manifest.Id) is { } reason) throw new PluginException(PluginState.Disabled, reason);
        bool trusted = IsOfHost(bundled, manifest) || _state.IsTrusted(manifest.Hash);
        if (!trusted) throw new PluginException(PluginState.Disabled, $"not trusted; review it and run: plugins trust {Quoted(folder)}");
    }

    private string? Conflict(LoadedPlugin loaded) =>
        Conflict("explainer", loaded.Explainers.Select(e => e.Id), p => p.Explainers.Select(e => e.Id))
        ?? Conflict("metric", loaded.Metrics.Select(m => m.Id), p => p.Metrics.Select(m => m.Id))
        ?? Conflict("report section", loaded.ReportSections.Select(s => s.Id), p => p.ReportSections.Select(s => s.Id));

    private string? Conflict(string kind, IEnumerable<string> ids, Func<PluginInfo, IEnumerable<string>> others) => ids
        .SelectMany(id => _plugins.Select(other => (id, Other: other)))
        .Where(pair => others(pair.Other).Contains(pair.id, StringComparer.Ordinal))
        .Select(pair => $"its {kind} '{pair.id}' is already brought by the plugin '{pair.Other.Id}'; disable one of the two")
        .FirstOrDefault();

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
