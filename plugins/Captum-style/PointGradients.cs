using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>
/// Gradients at any number of images that are made when they are needed and forgotten afterwards: memory does not grow with their number.
/// </summary>
internal static class PointGradients
{
    /// <summary>Images in a call. Models cut them into batches of their own; this only bounds what is held at once.</summary>
    public const int PointsAtOnce = 8;

    /// <summary>Writes image number <paramref name="point"/>, [C, H, W].</summary>
    public delegate void Fill(int point, Span<float> pixels);

    /// <summary>Takes the gradient of a target at an image; both [C, H, W].</summary>
    public delegate void Take(int point, int target, ReadOnlySpan<float> pixels, ReadOnlySpan<float> gradient);

    /// <summary>The model as one that gives gradients.</summary>
    /// <exception cref="PellucidException">It gives none.</exception>
    public static IDifferentiableModel Differentiable(IVisionLanguageModel model) => model as IDifferentiableModel
        ?? throw new PellucidException($"model '{model.Description.Id}' gives no gradients, which this method needs; use one that only evaluates the model");

    /// <summary>
    /// Goes through all images and targets, images in order. One target: images in batches; several: they share the forward run of
    /// each image.
    /// </summary>
    public static async Task ForEachAsync(
        IDifferentiableModel model, TensorShape shape, IReadOnlyList<ExplanationTarget> targets, int count, Fill fill, Take take,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int size = (int)shape.With(0, 1).ElementCount(), atOnce = targets.Count == 1 ? Math.Min(PointsAtOnce, count) : 1;
        float[] pixels = new float[atOnce * size];
        for (int start = 0; start < count; start += atOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int batch = Math.Min(atOnce, count - start);
            for (int i = 0; i < batch; i++) fill(start + i, pixels.AsSpan(i * size, size));
            HostTensor images = HostTensor.Of(batch == atOnce ? pixels : pixels[..(batch * size)], shape.With(0, batch));
            TargetGradients result = await model.GradientsAsync(images, targets, cancellationToken);
            for (int i = 0; i < batch * targets.Count; i++)
            {
                int point = i / targets.Count;
                take(start + point, i % targets.Count, images.Floats.Slice(point * size, size), result.Gradients.Floats.Slice(i * size, size));
            }

            progress?.Report((double)(start + batch) / count);
        }
    }
}
