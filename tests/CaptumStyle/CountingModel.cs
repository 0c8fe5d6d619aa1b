using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>A model that notes how many images each request for gradients has.</summary>
internal sealed class CountingModel(IDifferentiableModel model) : IDifferentiableModel
{
    public List<long> GradientBatches { get; } = [];

    public ModelDescription Description => model.Description;

    public ModelCapabilities Capabilities => model.Capabilities;

    public ITokenizer Tokenizer => model.Tokenizer;

    public IFusionRule Fusion => model.Fusion;

    public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model) => model.Prepare(image, preparation);

    public Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default) => model.EmbedImagesAsync(pixels, cancellationToken);

    public Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default) => model.EmbedTextsAsync(ids, cancellationToken);

    public Task<TargetGradients> GradientsAsync(HostTensor pixels, IReadOnlyList<ExplanationTarget> targets, CancellationToken cancellationToken = default)
    {
        GradientBatches.Add(pixels.Shape[0]);
        return model.GradientsAsync(pixels, targets, cancellationToken);
    }
}
