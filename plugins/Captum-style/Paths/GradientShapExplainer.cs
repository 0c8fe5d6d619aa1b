using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>
/// Gradient SHAP (Lundberg and Lee 2017, "A unified approach to interpreting model predictions"; the estimator of Erion et al. 2021,
/// "Improving performance of deep learning models with axiomatic attribution priors and expected gradients", eq. 3, with noise): the mean over
/// samples k of (x + e_k - b_k) times the gradient at c_k (x + e_k) + (1 - c_k) b_k, with noise e_k, baseline b_k, and c_k uniform in [0, 1].
/// Details: <c>convergence_delta</c> [samples], of each sample its sum minus (F(x + e_k) - F(b_k)). Draws that can be replayed, all or
/// none: <c>gradient-shap.noise</c> [samples, C, H, W] (scaled already), <c>.baselines</c> [M, C, H, W], <c>.baseline-index</c> int64 [samples],
/// <c>.coefficient</c> [samples].
/// </summary>
/// <example><c>--explainer "gradient-shap(samples=100, baselines=[black, white, blur])"</c></example>
/// <param name="options">Options.</param>
public sealed class GradientShapExplainer(GradientShapOptions options) : ILinearExplainer
{
    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.VectorJacobianProduct;

    /// <inheritdoc/>
    public bool IsLinearInTarget => true;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        IDifferentiableModel model = PointGradients.Differentiable(request.Model);
        HostTensor pixels = request.Image.Pixels;
        int size = pixels.Length, count = request.Targets.Count;
        IPathSamples samples = ReplayedPathSamples.Of(request, options.Samples) ?? (IPathSamples)new DrawnPathSamples(request, options);
        float[] start = new float[size], end = new float[size];
        float[][] sums = [.. request.Targets.Select(_ => new float[size])];
        double[] totals = new double[count * options.Samples];
        await PointGradients.ForEachAsync(
            model, pixels.Shape, request.Targets, options.Samples,
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
                foreach (float value in end) totals[(target * options.Samples) + point] += value;
            },
            new PartOfProgress(request.Progress, 0, 0.75), cancellationToken);

        float[] differences = await DifferencesAsync(request, samples, new PartOfProgress(request.Progress, 0.75, 1), cancellationToken);
        HostTensor scores = await model.EvaluateAsync(pixels, request.Targets, cancellationToken);
        return [.. request.Targets.Select((target, k) =>
        {
            TensorPrimitives.Divide(sums[k], options.Samples, sums[k]);
            float[] deltas = [.. Enumerable.Range(0, options.Samples).Select(s => (float)(totals[(k * options.Samples) + s] - differences[(s * count) + k]))];
            return Attribution.Signed(
                pixels, target, scores.Floats[k], sums[k], "the gradient is zero at every sample, or every baseline is the image itself",
                new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [ConvergenceDelta.Name] = HostTensor.Of(deltas, options.Samples) });
        })];
    }

    /// <summary>F(x + e_k) - F(b_k), [samples, targets].</summary>
    private async Task<float[]> DifferencesAsync(ExplanationRequest request, IPathSamples samples, PartOfProgress progress, CancellationToken cancellationToken)
    {
        const int AtOnce = PointGradients.PointsAtOnce / 2;
        int size = request.Image.Pixels.Length, count = request.Targets.Count;
        float[] differences = new float[options.Samples * count];
        for (int first = 0; first < options.Samples; first += AtOnce)
        {
            int batch = Math.Min(AtOnce, options.Samples - first);
            float[] ends = new float[2 * batch * size];
            for (int i = 0; i < batch; i++) samples.Draw(first + i, ends.AsSpan((batch + i) * size, size), ends.AsSpan(i * size, size));
            HostTensor scores = await request.Model.EvaluateAsync(HostTensor.Of(ends, request.Image.Pixels.Shape.With(0, 2 * batch)), request.Targets, cancellationToken);
            TensorPrimitives.Subtract(scores.Floats[..(batch * count)], scores.Floats[(batch * count)..], differences.AsSpan(first * count, batch * count));
            progress.Report((double)(first + batch) / options.Samples);
        }

        return differences;
    }
}
