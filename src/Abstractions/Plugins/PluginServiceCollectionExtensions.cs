using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Reports;

namespace Pellucid.Abstractions.Plugins;

/// <summary>How a plugin registers what it brings.</summary>
public static class PluginServiceCollectionExtensions
{
    /// <summary>Registers a model adapter.</summary>
    public static IServiceCollection AddModelAdapter<TAdapter>(this IServiceCollection services)
        where TAdapter : class, IModelAdapter => services.AddSingleton<IModelAdapter, TAdapter>();

    /// <summary>Registers a reader of data sets.</summary>
    public static IServiceCollection AddDatasetReader<TReader>(this IServiceCollection services)
        where TReader : class, IDatasetReader => services.AddSingleton<IDatasetReader, TReader>();

    /// <summary>Registers a section of reports.</summary>
    /// <typeparam name="TSection">The section; one of its constructor parameters may be <typeparamref name="TOptions"/>.</typeparam>
    /// <typeparam name="TOptions">Its options, as for explainers.</typeparam>
    /// <param name="services">Where to.</param>
    /// <param name="id">Lower-case id with dashes, unique among all sections.</param>
    /// <param name="summary">One line for people.</param>
    public static IServiceCollection AddReportSection<TSection, TOptions>(this IServiceCollection services, string id, string summary)
        where TSection : class, IReportSection
        where TOptions : class, new() =>
        services.AddSingleton(new ReportSectionRegistration(id, summary, typeof(TSection), typeof(TOptions)));

    /// <summary>Registers an explainer.</summary>
    /// <typeparam name="TExplainer">The method; one of its constructor parameters may be <typeparamref name="TOptions"/>.</typeparam>
    /// <typeparam name="TOptions">
    /// A record with settable properties, defaults and data annotations. The host makes the option grammar, help, schema
    /// and validation from it. A property of type <see cref="IExplainer"/> takes a nested explainer.
    /// </typeparam>
    /// <param name="services">Where to.</param>
    /// <param name="id">Lower-case id with dashes, unique among all plugins: <c>grad-eclip</c>.</param>
    /// <param name="summary">One line for people.</param>
    /// <param name="source">Where the method comes from: authors, year, title.</param>
    public static IServiceCollection AddExplainer<TExplainer, TOptions>(this IServiceCollection services, string id, string summary, string source)
        where TExplainer : class, IExplainer
        where TOptions : class, new() =>
        services.AddSingleton(new ExplainerRegistration(id, summary, source, typeof(TExplainer), typeof(TOptions)));

    /// <summary>Registers a metric.</summary>
    /// <typeparam name="TMetric">The metric; one of its constructor parameters may be <typeparamref name="TOptions"/>.</typeparam>
    /// <typeparam name="TOptions">Its options, as for explainers.</typeparam>
    /// <param name="services">Where to.</param>
    /// <param name="id">Lower-case id with dashes, unique among all metrics: <c>pixel-flipping</c>.</param>
    /// <param name="summary">One line for people.</param>
    /// <param name="source">Where the definition comes from: authors, year, title.</param>
    public static IServiceCollection AddMetric<TMetric, TOptions>(this IServiceCollection services, string id, string summary, string source)
        where TMetric : class, IMetric
        where TOptions : class, new() =>
        services.AddSingleton(new MetricRegistration(id, summary, source, typeof(TMetric), typeof(TOptions)));
}
