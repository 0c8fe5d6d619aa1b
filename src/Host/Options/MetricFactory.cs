using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>Makes metrics from what users write, such as <c>deletion(steps=50, performance=target)</c>. Safe for concurrent use.</summary>
public sealed class MetricFactory
{
    private readonly IReadOnlyList<PluginInfo> _plugins;
    private readonly ExplainerFactory _explainers;

    /// <summary>Makes the factory.</summary>
    /// <param name="plugins">All plugins; the metrics of the active ones can be made.</param>
    /// <param name="explainers">Makes explainers that are options of metrics.</param>
    public MetricFactory(IReadOnlyList<PluginInfo> plugins, ExplainerFactory explainers)
    {
        _plugins = plugins;
        _explainers = explainers;
    }

    /// <summary>Metrics that can be made, in ordinal order of their ids.</summary>
    public IReadOnlyList<MetricRegistration> Metrics => [.. _plugins.SelectMany(p => p.Metrics).OrderBy(m => m.Id, StringComparer.Ordinal)];

    /// <summary>Reads and checks a specification without making anything.</summary>
    /// <exception cref="PellucidException">
    /// It breaks the grammar, names an unknown metric, option or choice (the nearest names are listed), or gives a value that
    /// is not allowed. The message shows the place.
    /// </exception>
    public MetricConfiguration Parse(string spec)
    {
        SpecCall call = SpecParser.Parse(spec);
        PluginInfo plugin = _plugins.FirstOrDefault(p => p.Metrics.Any(m => m.Id == call.Name.Text)) ?? throw new SpecException(
            spec, call.Name.Start, call.Name.Length, PartMaking.Unknown("metric", PluginCapabilities.Metric, call.Name.Text, Metrics.Select(m => m.Id), _plugins));
        MetricRegistration registration = plugin.Metrics.First(m => m.Id == call.Name.Text);
        return new MetricConfiguration(registration, plugin, BoundOptions.Bind(spec, call, registration.Id, registration.OptionsType, nested => _explainers.Bind(spec, nested)));
    }

    /// <summary>Reads a specification and makes the metric.</summary>
    /// <exception cref="PellucidException">As for <see cref="Parse"/>, or the metric refuses its options.</exception>
    public IMetric Create(string spec) => Create(Parse(spec));

    /// <summary>Makes a metric.</summary>
    /// <exception cref="PellucidException">The metric refuses its options, or fails.</exception>
    public IMetric Create(MetricConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        MetricRegistration registration = configuration.Registration;
        return PartMaking.Make<IMetric>(configuration, "metric", registration.Id, registration.MetricType, configuration.Options.Make(_explainers.Create));
    }
}
