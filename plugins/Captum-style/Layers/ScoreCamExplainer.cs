using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// Score-CAM (Wang et al. 2020, "Score-CAM: Score-weighted visual explanations for convolutional neural networks", algorithm 1): each channel is
/// brought to the size of the image (bilinear, corners aligned) and to [0, 1] and dims the image; the weight of the channel is the softmax, over the channels, of the target's
/// value for its dimmed image. As in pytorch-grad-cam the value of a baseline image is not subtracted first: a softmax does not change by it.
/// </summary>
/// <remarks>One evaluation of the model a channel, in batches, shared by all targets; no gradients.</remarks>
/// <example><c>--explainer "score-cam(layer=layer4)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class ScoreCamExplainer(CamOptions options, IGraphRunner runner) : CamExplainer(options, runner)
{
    private const int ImagesAtOnce = 16;
    private const float Tiny = 1e-8f;

    private protected override bool NeedsGradients => false;

    private protected override async Task<IReadOnlyList<Cam>> CamsAsync(LayerRun run, CancellationToken cancellationToken)
    {
        LayerGrid grid = run.Grid;
        float[] activation = grid.Read(run.Activation, 0);
        float[] values = new float[grid.Channels * run.Count];
        for (int start = 0; start < grid.Channels; start += ImagesAtOnce)
        {
            int count = Math.Min(ImagesAtOnce, grid.Channels - start);
            HostTensor images = Dimmed(run.Request.Image, activation, grid, start, count);
            HostTensor batch = await run.Model.EvaluateAsync(images, run.Request.Targets, cancellationToken);
            batch.Floats.CopyTo(values.AsSpan(start * run.Count));
            run.Request.Progress?.Report((double)(start + count) / grid.Channels * 0.99);
        }

        return [.. Enumerable.Range(0, run.Count).Select(k =>
        {
            float[] scores = new float[grid.Channels];
            for (int c = 0; c < scores.Length; c++) scores[c] = values[(c * run.Count) + k];
            float[] weights = Softmax.Of<float>(scores);
            return new Cam(ChannelSum.Weighted(activation, weights, grid.Area), weights);
        })];
    }

    /// <summary>The image dimmed by channels start to start + count - 1, [count, C, H, W].</summary>
    private static HostTensor Dimmed(ImageInput image, float[] activation, LayerGrid grid, int start, int count)
    {
        ImageSize size = image.Size;
        int area = size.Height * size.Width, length = image.Pixels.Length;
        float[] images = new float[count * length];
        for (int i = 0; i < count; i++)
        {
            float[] mask = MapUpsampler.BilinearCorners(activation.AsSpan((start + i) * grid.Area, grid.Area), grid.Height, grid.Width, size.Height, size.Width);
            float least = TensorPrimitives.Min<float>(mask), most = TensorPrimitives.Max<float>(mask);
            TensorPrimitives.Subtract(mask, least, mask);
            TensorPrimitives.Divide(mask, most - least + Tiny, mask);
            for (int c = 0; c < length; c += area) TensorPrimitives.Multiply(image.Pixels.Floats.Slice(c, area), mask, images.AsSpan((i * length) + c, area));
        }

        return HostTensor.Of(images, image.Pixels.Shape.With(0, count));
    }
}
