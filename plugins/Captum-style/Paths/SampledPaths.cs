using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>The mean over random straight paths of end minus start times the gradient at a random place of each; what gradient SHAP and expected gradients share.</summary>
internal static class SampledPaths
{
    /// <summary>Explains all targets of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="samples">The paths.</param>
    /// <param name="number">How many of them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<Explanation>> ExplainAsync(
        ExplanationRequest request, IPathSamples samples, int number, CancellationToken cancellationToken)
    {
        IDifferentiableModel model = PointGradients.Differentiable(request.Model);
        HostTensor pixels = request.Image.Pixels;
        int size = pixels.Length, count = request.Targets.Count;
        float[] start = new float[size], end = new float[size];
        float[][] sums = [.. request.Targets.Select(_ => new float[size])];
        double[] totals = new double[count * number];
        await PointGradients.ForEachAsync(
            model, pixels.Shape, request.Targets, number,
            (point, between) =>
            {
                float coefficient = samples.Draw(point, start, end);
                TensorPrimitives.Multiply(end, coefficient, between);
                TensorPrimitives.MultiplyAdd(start, 1 - coefficient, between, between);
            },
            (point, target, _, gradient) =>
            {
                samples.Draw(point, start, end);
                TensorPrimitives.Subtract(end, start, end);
                TensorPrimitives.Multiply(end, gradient, end);
                TensorPrimitives.Add(sums[target], end, sums[target]);
                foreach (float value in end) totals[(target * number) + point] += value;
            },
            new PartOfProgress(request.Progress, 0, 0.75), cancellationToken);

        float[] differences = await DifferencesAsync(request, samples, number, new PartOfProgress(request.Progress, 0.75, 1), cancellationToken);
        HostTensor scores = await model.EvaluateAsync(pixels, request.Targets, cancellationToken);
        return [.. request.Targets.Select((target, k) =>
        {
            TensorPrimitives.Divide(sums[k], number, sums[k]);
            float[] deltas = [.. Enumerable.Range(0, number).Select(s => (float)(totals[(k * number) + s] - differences[(s * count) + k]))];
            return Attribution.Signed(
                pixels, target, scores.Floats[k], sums[k], "the gradient is zero at every sample, or every baseline is the image itself",
                new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [ConvergenceDelta.Name] = HostTensor.Of(deltas, number) });
        })];
    }

    /// <summary>F(x + e_k) - F(b_k), [samples, targets].</summary>
    private static async Task<float[]> DifferencesAsync(ExplanationRequest request, IPathSamples samples, int number, PartOfProgress progress, CancellationToken cancellationToken)
    {
        const int AtOnce = PointGradients.PointsAtOnce / 2;
        int size = request.Image.Pixels.Length, count = request.Targets.Count;
        float[] differences = new float[number * count];
        for (int first = 0; first < number; first += AtOnce)
        {
            int batch = Math.Min(AtOnce, number - first);
            float[] ends = new float[2 * batch * size];
            for (int i = 0; i < batch; i++) samples.Draw(first + i, ends.AsSpan((batch + i) * size, size), ends.AsSpan(i * size, size));
            HostTensor scores = await request.Model.EvaluateAsync(HostTensor.Of(ends, request.Image.Pixels.Shape.With(0, 2 * batch)), request.Targets, cancellationToken);
            TensorPrimitives.Subtract(scores.Floats[..(batch * count)], scores.Floats[(batch * count)..], differences.AsSpan(first * count, batch * count));
            progress.Report((double)(first + batch) / number);
        }

        return differences;
    }
}
