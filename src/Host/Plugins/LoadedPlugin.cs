using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Host.Plugins;

/// <summary>A plugin's code in its load context, with the services it registered.</summary>
internal sealed class LoadedPlugin : IDisposable
{
    private readonly PluginLoadContext _context;
    private readonly IServiceCollection _services;
    private readonly Lazy<ServiceProvider> _provider;

    public LoadedPlugin(PluginLoadContext context, IServiceCollection services, Action<IServiceCollection> addHostServices)
    {
        _context = context;
        _services = services;
        Explainers = Registrations<ExplainerRegistration>(services, "it registers an explainer by other means than AddExplainer");
        Metrics = Registrations<MetricRegistration>(services, "it registers a metric by other means than AddMetric");
        ReportSections = Registrations<ReportSectionRegistration>(services, "it registers a report section by other means than AddReportSection");
        _provider = new Lazy<ServiceProvider>(() =>
        {
            // The host's services come last, so that a plugin cannot put its own in their place for itself.
            addHostServices(_services);
            return _services.BuildServiceProvider();
        });
    }

    /// <summary>Explainers, in the order of their registration.</summary>
    public IReadOnlyList<ExplainerRegistration> Explainers { get; }

    /// <summary>Metrics, in the order of their registration.</summary>
    public IReadOnlyList<MetricRegistration> Metrics { get; }

    /// <summary>Sections of reports, in the order of their registration.</summary>
    public IReadOnlyList<ReportSectionRegistration> ReportSections { get; }

    /// <summary>Class names of its model adapters, without the word Adapter.</summary>
    public IReadOnlyList<string> ModelAdapterNames => [.. _services.Where(s => s.ServiceType == typeof(IModelAdapter))
        .Select(s => (s.ImplementationType ?? s.ImplementationInstance?.GetType())?.Name ?? "adapter")
        .Select(n => n.EndsWith("Adapter", StringComparison.Ordinal) && n.Length > 7 ? n[..^7] : n)];

    /// <summary>Services of this plugin; made at the first call.</summary>
    public IServiceProvider Services => _provider.Value;

    /// <summary>All services of a kind that the plugin registered.</summary>
    public IReadOnlyList<T> All<T>()
        where T : class => _services.Any(s => s.ServiceType == typeof(T)) ? [.. Services.GetServices<T>()] : [];

    private static IReadOnlyList<T> Registrations<T>(IServiceCollection services, string otherwise)
        where T : class => [.. services.Where(s => s.ServiceType == typeof(T))
            .Select(s => s.ImplementationInstance as T ?? throw new PluginException(PluginState.Malfunctioned, otherwise))];

    public void Dispose()
    {
        if (_provider.IsValueCreated) _provider.Value.Dispose();
        _context.Unload();
    }
}
