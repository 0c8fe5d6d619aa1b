using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Host.Plugins;

/// <summary>A plugin that was found, and what became of it.</summary>
public sealed class PluginInfo
{
    private readonly LoadedPlugin? _loaded;

    internal PluginInfo(string folder, bool bundled, PluginManifest? manifest, LoadedPlugin? loaded, PluginState state, string? reason)
    {
        Folder = folder;
        Bundled = bundled;
        Manifest = manifest;
        State = state;
        Reason = reason;
        _loaded = loaded;
    }

    /// <summary>Id, or the folder's name where the manifest cannot be read.</summary>
    public string Id => Manifest?.Id ?? Path.GetFileName(Folder);

    /// <summary>Full path of its folder.</summary>
    public string Folder { get; }

    /// <summary>Whether it came with the host.</summary>
    public bool Bundled { get; }

    /// <summary>Its manifest; null where that cannot be read.</summary>
    public PluginManifest? Manifest { get; }

    /// <summary>What became of it.</summary>
    public PluginState State { get; private set; }

    /// <summary>Why it is not active; null where it is.</summary>
    public string? Reason { get; private set; }

    /// <summary>What its code threw, for <c>--verbose</c>; null where nothing was thrown.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>Explainers it brings; empty unless it is active.</summary>
    public IReadOnlyList<ExplainerRegistration> Explainers => State == PluginState.Active ? _loaded!.Explainers : [];

    /// <summary>Metrics it brings; empty unless it is active.</summary>
    public IReadOnlyList<MetricRegistration> Metrics => State == PluginState.Active ? _loaded!.Metrics : [];

    /// <summary>Sections of reports it brings; empty unless it is active.</summary>
    public IReadOnlyList<ReportSectionRegistration> ReportSections => State == PluginState.Active ? _loaded!.ReportSections : [];

    /// <summary>Class names of its model adapters without the word Adapter, known without making them; empty unless it is active.</summary>
    public IReadOnlyList<string> ModelAdapterNames => State == PluginState.Active ? _loaded!.ModelAdapterNames : [];

    /// <summary>Services for what it brings: its own registrations and what the host offers.</summary>
    /// <exception cref="InvalidOperationException">It is not active.</exception>
    internal LoadedPlugin Loaded => State == PluginState.Active ? _loaded! : throw new InvalidOperationException($"plugin {Id} is {State}");

    /// <summary>Its model adapters; makes them at the first call. A plugin whose adapters cannot be made becomes malfunctioned.</summary>
    public IReadOnlyList<IModelAdapter> ModelAdapters() => Make<IModelAdapter>("a model adapter");

    /// <summary>Its readers of data sets; makes them at the first call. A plugin whose readers cannot be made becomes malfunctioned.</summary>
    public IReadOnlyList<IDatasetReader> DatasetReaders() => Make<IDatasetReader>("a reader of data sets");

    internal void MarkMalfunctioned(string reason, Exception? cause)
    {
        State = PluginState.Malfunctioned;
        Reason = reason;
        Cause = cause;
    }

    private IReadOnlyList<T> Make<T>(string what)
        where T : class
    {
        if (State != PluginState.Active) return [];
        try
        {
            return _loaded!.All<T>();
        }
        catch (Exception fault) when (PluginFaults.IsContained(fault))
        {
            MarkMalfunctioned(PluginFaults.Describe($"{what} cannot be made", fault), fault);
            return [];
        }
    }

    internal void Release() => _loaded?.Dispose();

    internal void MarkCause(Exception cause) => Cause = cause;
}
