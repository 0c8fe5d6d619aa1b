using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Scores of changed images, for all targets of a request, in batches.</summary>
/// <param name="request">The request.</param>
internal sealed class PerturbedImages(ExplanationRequest request)
{
    private const int BatchSize = 16;

    private float[]? _original;

    /// <summary>Changes a copy of the image's pixels [C, H, W].</summary>
    /// <param name="index">Number of the changed image.</param>
    /// <param name="pixels">The copy.</param>
    public delegate void Change(int index, Span<float> pixels);

    /// <summary>Scores of the unchanged image by target; known after the first evaluation.</summary>
    public IReadOnlyList<float> Original => _original ?? throw new InvalidOperationException("nothing has been evaluated yet");

    /// <summary>Scores of changed images; the first evaluation scores the unchanged image with them.</summary>
    /// <param name="count">Number of changed images.</param>
    /// <param name="change">Makes them.</param>
    /// <param name="cancellationToken">Stops between batches and within a run.</param>
    /// <returns>[count, K].</returns>
    /// <exception cref="PellucidException">A score is not finite.</exception>
    public async Task<HostTensor> EvaluateAsync(int count, Change change, CancellationToken cancellationToken)
    {
        HostTensor image = request.Image.Pixels;
        int size = image.Length, targets = request.Targets.Count, first = _original is null ? 1 : 0, total = count + first;
        float[] scores = new float[total * targets], pixels = [];
        for (int start = 0; start < total; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(BatchSize, total - start);
            if (pixels.Length != rows * size) pixels = new float[rows * size];
            for (int row = 0; row < rows; row++)
            {
                Span<float> copy = pixels.AsSpan(row * size, size);
                image.Floats.CopyTo(copy);
                if (start + row >= first) change(start + row - first, copy);
            }

            HostTensor batch = HostTensor.Of(pixels, rows, image.Shape[1], image.Shape[2], image.Shape[3]);
            HostTensor values = await request.Model.EvaluateAsync(batch, request.Targets, cancellationToken);
            values.Floats.CopyTo(scores.AsSpan(start * targets));
            // The caller says when it is done: it may evaluate again or have work left.
            request.Progress?.Report(0.99 * (start + rows) / total);
        }

        if (!TensorPrimitives.IsFiniteAll<float>(scores))
            throw new PellucidException($"the scores of changes of {request.Image.Name} are not finite: the model's weights or the image are unusable");
        _original ??= scores[..targets];
        return HostTensor.Of(scores[(first * targets)..], count, targets);
    }
}
