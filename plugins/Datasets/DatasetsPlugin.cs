using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.Datasets.Coco;
using Pellucid.Plugins.Datasets.ConceptualCaptions;
using Pellucid.Plugins.Datasets.ImageNet;
using Pellucid.Plugins.Datasets.ImageTables;
using Pellucid.Plugins.Datasets.MedMnist;
using Pellucid.Plugins.Datasets.Questions;
using Pellucid.Plugins.Datasets.Roco;

namespace Pellucid.Plugins.Datasets;

/// <summary>Brings the readers of data sets.</summary>
public sealed class DatasetsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services
        .AddDatasetReader<CocoReader>()
        .AddDatasetReader<KarpathyReader>()
        .AddDatasetReader<ImageNetReader>()
        .AddDatasetReader<ConceptualCaptionsReader>()
        .AddDatasetReader<ImageTableReader>()
        .AddDatasetReader<MedMnistReader>()
        .AddDatasetReader<RocoReader>()
        .AddDatasetReader<VqaRadReader>()
        .AddDatasetReader<SlakeReader>()
        .AddDatasetReader<ImageFolderReader>();
}
