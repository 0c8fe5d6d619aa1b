using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// Occlusion (Zeiler, Fergus 2014, "Visualizing and understanding convolutional networks", section 4.1), as Captum defines it: a window is
/// moved over the image and filled; every element gets the plain mean of the score drops F(x) - F(x with the window filled) over the windows
/// that cover it. There are ceil((size - window) / stride) + 1 positions an axis, the last one cut off at the border. The map is the mean
/// over the channels, in units of the score. Replays <c>baseline</c>, the fill: [C], [C, H, W] or [1, C, H, W].
/// </summary>
/// <example><c>--explainer "occlusion(window=32, stride=16, fill=black)"</c></example>
/// <param name="options">Options.</param>
public sealed class OcclusionExplainer(OcclusionOptions options) : PerturbationExplainer
{
    private protected override async Task<PerturbationResult[]> AttributeAsync(ExplanationRequest request, PerturbedImages images, CancellationToken cancellationToken)
    {
        HostTensor image = request.Image.Pixels;
        int width = options.WindowWidth == 0 ? options.Window : options.WindowWidth;
        var channels = OcclusionAxis.Of("channels", image.Shape[1], options.WindowChannels == 0 ? (int)image.Shape[1] : options.WindowChannels, options.StrideChannels);
        var rows = OcclusionAxis.Of("rows", image.Shape[2], options.Window, options.Stride);
        var columns = OcclusionAxis.Of("columns", image.Shape[3], width, options.StrideWidth == 0 ? options.Stride : options.StrideWidth);
        float[] fill = FillPixels.Of(request, options.Fill);

        int count = checked(channels.Positions * rows.Positions * columns.Positions);
        HostTensor scores = await images.EvaluateAsync(
            count,
            (index, pixels) =>
            {
                foreach ((int start, int length) in Runs(channels, rows, columns, index)) fill.AsSpan(start, length).CopyTo(pixels.Slice(start, length));
            },
            cancellationToken);

        float[] covering = new float[image.Length];
        for (int index = 0; index < count; index++)
        {
            foreach ((int start, int length) in Runs(channels, rows, columns, index)) Add(covering.AsSpan(start, length), 1);
        }

        var results = new PerturbationResult[request.Targets.Count];
        for (int k = 0; k < results.Length; k++)
        {
            float[] drops = new float[image.Length];
            for (int index = 0; index < count; index++)
            {
                float drop = images.Original[k] - scores.Floats[(index * results.Length) + k];
                foreach ((int start, int length) in Runs(channels, rows, columns, index)) Add(drops.AsSpan(start, length), drop);
            }

            TensorPrimitives.Divide(drops, covering, drops);
            results[k] = new PerturbationResult(HostTensor.Of(drops, image.Shape[1], image.Shape[2], image.Shape[3]));
        }

        return results;
    }

    private static void Add(Span<float> elements, float value) => TensorPrimitives.Add(elements, value, elements);

    /// <summary>The runs of neighboring elements in a window.</summary>
    private static IEnumerable<(int Start, int Length)> Runs(OcclusionAxis channels, OcclusionAxis rows, OcclusionAxis columns, int index)
    {
        (int left, int width) = columns.Window(index % columns.Positions);
        (int top, int height) = rows.Window(index / columns.Positions % rows.Positions);
        (int front, int depth) = channels.Window(index / columns.Positions / rows.Positions);
        for (int c = front; c < front + depth; c++)
        {
            for (int y = top; y < top + height; y++) yield return ((((c * rows.Size) + y) * columns.Size) + left, width);
        }
    }
}
