using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Layers;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>
/// Guided Grad-CAM (Selvaraju et al. 2017, "Grad-CAM", section 3.3): guided backpropagation of the target to the pixels times the rectified Grad-CAM map of a layer, resized to the input.
/// The map is the signed sum over the channels; <c>Elements</c> are the products, [C, H, W].
/// </summary>
/// <remarks>Guiding changes ReLU. A network without any (a transformer with GELU) is refused: its guided gradient would be the ordinary one under another name.</remarks>
/// <example><c>--explainer "guided-grad-cam(layer=layer4)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class GuidedGradCamExplainer(GuidedGradCamOptions options, IGraphRunner runner) : LayerExplainer(options.Layer, runner)
{
    private protected override bool NeedsGradients => true;

    private protected override async Task<IReadOnlyList<LayerResult>> AttributeAsync(LayerRun run, CancellationToken cancellationToken)
    {
        TargetGraph target = run.Model.Resolve(run.Request.Targets, Modality.Image, run.Request.Image.Size);
        if (!GuidedGraphs.Guides(target))
            throw new PellucidException($"guided-grad-cam changes the gradient of ReLU, and the image encoder of '{run.Model.Description.Id}' has none; use grad-cam or input-x-gradient");
        HostTensor guided = (await Runner.RunAsync(GuidedGraphs.Of(target), target.Feed(run.Request.Image.Pixels), cancellationToken))[GuidedGraphs.Gradient];
        float[] activation = run.Grid.Read(run.Activation, 0);
        return [.. Enumerable.Range(0, run.Count).Select(k => Attribute(run, activation, guided, k))];
    }

    private LayerResult Attribute(LayerRun run, float[] activation, HostTensor guided, int index)
    {
        LayerGrid grid = run.Grid;
        ImageSize size = run.Request.Image.Size;
        float[] cam = ChannelSum.Weighted(activation, ChannelSum.Means(grid.Read(run.Gradients!, index), grid.Area), grid.Area);
        for (int i = 0; i < cam.Length; i++) cam[i] = Math.Max(cam[i], 0);
        cam = options.Interpolation == GuidedInterpolation.Nearest
            ? MapUpsampler.Nearest(cam, grid.Height, grid.Width, size.Height, size.Width)
            : MapUpsampler.Bilinear(cam, grid.Height, grid.Width, size.Height, size.Width);

        HostTensor pixels = run.Request.Image.Pixels;
        float[] elements = guided.Floats.Slice(index * pixels.Length, pixels.Length).ToArray();
        for (int c = 0; c < elements.Length; c += cam.Length) TensorPrimitives.Multiply(elements.AsSpan(c, cam.Length), cam, elements.AsSpan(c, cam.Length));
        HostTensor products = HostTensor.Of(elements, pixels.Shape[1], pixels.Shape[2], pixels.Shape[3]);
        return new LayerResult(
            ChannelReduction.Sum(products),
            Signed: true,
            "no part of the layer speaks for this target where the guided gradient is not zero",
            new Dictionary<string, HostTensor>(StringComparer.Ordinal)) { Elements = products };
    }
}
