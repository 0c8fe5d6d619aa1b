using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.Datasets.Coco;

namespace Pellucid.Plugins.Datasets;

/// <summary>Brings the readers of data sets. Readers of a marked layout come first: a folder of images could be anything.</summary>
public sealed class DatasetsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services
        .AddDatasetReader<CocoReader>()
        .AddDatasetReader<ImageFolderReader>();
}
