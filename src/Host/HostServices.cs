using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Caching;
using Pellucid.Host.Options;
using Pellucid.Host.Plugins;

namespace Pellucid.Host;

/// <summary>
/// What commands and jobs work with: plugins, model adapters, explainers, metrics and the runner of graphs. Everything is made
/// when first asked for, so that a command pays only for what it uses. Safe for concurrent use.
/// </summary>
public sealed class HostServices : IDisposable
{
    private readonly TextWriter _notices;
    private readonly Lazy<PluginCatalog> _plugins;
    private readonly Lazy<IReadOnlyList<IModelAdapter>> _adapters;
    private readonly Lazy<IReadOnlyList<IDatasetReader>> _readers;
    private readonly Lazy<ExplainerFactory> _explainers;
    private readonly Lazy<MetricFactory> _metrics;
    private readonly Lazy<IGraphRunner> _runner;
    private readonly ExplainerIdentities _identities = new();
    private readonly MapCache _maps;
    private int _told;

    /// <summary>Makes the services; does no work yet.</summary>
    /// <param name="settings">Where to look and what to run on.</param>
    /// <param name="createRunner">Makes what runs graphs.</param>
    /// <param name="notices">Where plugins that do not work are told of, once; null for nowhere.</param>
    public HostServices(HostSettings settings, Func<HostSettings, IGraphRunner> createRunner, TextWriter? notices = null)
    {
        Settings = settings;
        _notices = notices ?? TextWriter.Null;
        _runner = new Lazy<IGraphRunner>(() => createRunner(settings));
        _maps = new MapCache(settings.MapCacheFolder, settings.MapCacheLimit, () => Provenance.Of(Plugins, Runner.Environment), TimeProvider.System);
        _plugins = new Lazy<PluginCatalog>(() => PluginCatalog.Load(settings, AddHostServices));
        _adapters = new Lazy<IReadOnlyList<IModelAdapter>>(() => Find(static p => p.ModelAdapters()));
        _readers = new Lazy<IReadOnlyList<IDatasetReader>>(() => Find(static p => p.DatasetReaders()));
        _explainers = new Lazy<ExplainerFactory>(() =>
        {
            TellOfFailures();
            return new ExplainerFactory(Plugins.Plugins, _identities);
        });
        _metrics = new Lazy<MetricFactory>(() => new MetricFactory(Plugins.Plugins, Explainers));
    }

    /// <summary>Where to look and what to run on.</summary>
    public HostSettings Settings { get; }

    /// <summary>All plugins, loaded or not.</summary>
    /// <exception cref="PellucidException">A configured folder does not exist.</exception>
    public PluginCatalog Plugins => _plugins.Value;

    /// <summary>Model adapters of all active plugins.</summary>
    public IReadOnlyList<IModelAdapter> ModelAdapters => _adapters.Value;

    /// <summary>Readers of data sets of all active plugins, in the order of registration.</summary>
    public IReadOnlyList<IDatasetReader> DatasetReaders => _readers.Value;

    /// <summary>Makes explainers of all active plugins.</summary>
    public ExplainerFactory Explainers => _explainers.Value;

    /// <summary>Makes metrics of all active plugins.</summary>
    public MetricFactory Metrics => _metrics.Value;

    /// <summary>Runs graphs, on the device of the settings.</summary>
    /// <exception cref="PellucidException">The device cannot be used.</exception>
    public IGraphRunner Runner => _runner.Value;

    /// <summary>The engine of Pellucid.Runtime.</summary>
    public static IGraphRunner CreateDefaultRunner(HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new Runtime.OrtGraphRunner(new Runtime.RuntimeOptions { Device = settings.Device, Threads = settings.Threads });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _maps.Dispose();
        if (_plugins.IsValueCreated) _plugins.Value.Dispose();
        if (_runner.IsValueCreated) (_runner.Value as IDisposable)?.Dispose();
    }

    private void AddHostServices(IServiceCollection services)
    {
        services.AddSingleton<IGraphRunner>(new DeferredGraphRunner(_runner));
        services.AddSingleton<IImageReader>(new HostImageReader(Settings.ImageLimits));
        services.AddSingleton<IMapCache>(_maps);
        services.AddSingleton<IExplainerIdentities>(_identities);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
    }

    private IReadOnlyList<T> Find<T>(Func<PluginInfo, IReadOnlyList<T>> brought)
    {
        List<T> found = [];
        foreach (PluginInfo plugin in Plugins.Plugins) found.AddRange(brought(plugin));
        TellOfFailures();
        return found;
    }

    private void TellOfFailures()
    {
        if (Interlocked.Exchange(ref _told, 1) != 0) return;
        foreach (PluginInfo plugin in Plugins.Plugins.Where(p => p.State is PluginState.Malfunctioned or PluginState.Incompatible))
            _notices.WriteLine($"warning: plugin '{plugin.Id}' is {plugin.State}: {plugin.Reason}");
    }
}
