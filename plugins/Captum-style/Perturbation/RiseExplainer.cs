using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// RISE (Petsiuk, Das, Saenko 2018, "RISE: randomized input sampling for explanation of black-box models", equation 6): the mean of random
/// smooth masks m_k, each times the score of the masked image, 1 / (N p) sum_k F(x m_k) m_k. The masks multiply the normalized pixels, so masked
/// pixels become the training data's mean color. Replays <c>masks</c> [N, H, W], in [0, 1].
/// </summary>
/// <example><c>--explainer "rise(masks=4000)" --seed 1</c></example>
/// <param name="options">Options.</param>
public sealed class RiseExplainer(RiseOptions options) : PerturbationExplainer
{
    private protected override string NothingFound => "every masked image has a score of zero, or no mask shows anything";

    private protected override async Task<PerturbationResult[]> AttributeAsync(ExplanationRequest request, PerturbedImages images, CancellationToken cancellationToken)
    {
        int height = request.Image.Size.Height, width = request.Image.Size.Width, area = height * width;
        Func<int, float[]> maskOf = number => RiseMask.Draw(SeededRandom.Fork(request.Seed, (ulong)number), options.Cells, options.Probability, height, width);
        int count = options.Masks;
        if (ReplayedDraws.Find(request, "masks") is { } stored)
        {
            if (stored.Shape.Rank != 3 || stored.Shape[0] == 0 || stored.Shape[1] != height || stored.Shape[2] != width)
                throw new PellucidException($"the stored tensor 'masks' is {stored.Shape}; for this image it must be [N, {height}, {width}]");
            count = (int)stored.Shape[0];
            maskOf = number => stored.Floats.Slice(number * area, area).ToArray();
        }

        HostTensor scores = await images.EvaluateAsync(
            count,
            (number, pixels) =>
            {
                float[] mask = maskOf(number);
                for (int start = 0; start < pixels.Length; start += area) TensorPrimitives.Multiply(pixels.Slice(start, area), mask, pixels.Slice(start, area));
            },
            cancellationToken);

        // Masks are made a second time rather than kept: that costs little beside the model, and the memory does not grow with their number.
        float[][] maps = [.. request.Targets.Select(_ => new float[area])];
        for (int number = 0; number < count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] mask = maskOf(number);
            for (int k = 0; k < maps.Length; k++)
            {
                float weight = (float)(scores.Floats[(number * maps.Length) + k] / (count * options.Probability));
                TensorPrimitives.MultiplyAdd(mask, weight, maps[k], maps[k]);
            }
        }

        return [.. maps.Select(m => new PerturbationResult(HostTensor.Of(m, height, width)))];
    }
}
