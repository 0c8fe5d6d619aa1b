using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Host.Plugins;

/// <summary>What a plugin can bring, by the names manifests use.</summary>
public static class PluginCapabilities
{
    /// <summary>It registers model adapters.</summary>
    public const string ModelAdapter = "model-adapter";

    /// <summary>It registers explainers.</summary>
    public const string Explainer = "explainer";

    /// <summary>It registers metrics.</summary>
    public const string Metric = "metric";

    /// <summary>It registers readers of data sets.</summary>
    public const string DatasetReader = "dataset-reader";

    /// <summary>It registers sections of reports.</summary>
    public const string ReportSection = "report-section";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [ModelAdapter, Explainer, Metric, DatasetReader, ReportSection];

    /// <summary>Name of the capability that a registered service needs; null for a plugin's own services.</summary>
    internal static string? Of(ServiceDescriptor service) =>
        service.ServiceType == typeof(ExplainerRegistration) ? Explainer
        : service.ServiceType == typeof(MetricRegistration) ? Metric
        : service.ServiceType == typeof(ReportSectionRegistration) ? ReportSection
        : service.ServiceType == typeof(IModelAdapter) ? ModelAdapter
        : service.ServiceType == typeof(IDatasetReader) ? DatasetReader
        : null;
}
