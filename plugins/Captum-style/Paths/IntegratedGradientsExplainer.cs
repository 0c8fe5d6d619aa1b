using System.Globalization;
using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>
/// Integrated gradients (Sundararajan, Taly, Yan 2017, "Axiomatic attribution for deep networks", eq. 1): image minus baseline, times
/// the integral of the gradient along the straight path between them. Attributions sum to F(x) - F(baseline) up to the convergence delta,
/// which is given with every map: <c>convergence_delta</c> = sum - (F(x) - F(baseline)), of the multiplied attributions also where
/// <c>multiply=false</c>. Draw that can be replayed: <c>baseline</c> [1, C, H, W] or [C].
/// </summary>
/// <example><c>--explainer "integrated-gradients(steps=auto, baseline=blur)"</c></example>
/// <param name="options">Options.</param>
/// <param name="images">Reads the baseline where it is a file.</param>
public sealed class IntegratedGradientsExplainer(IntegratedGradientsOptions options, IImageReader images) : ILinearExplainer
{
    private const int FirstSteps = 16;

    /// <summary>Below this fraction of the scores, their difference is too small to measure a delta by.</summary>
    private const double SmallestDifference = 0.01;

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.VectorJacobianProduct;

    /// <inheritdoc/>
    /// <remarks>With <c>steps=auto</c> the number of steps depends on the target.</remarks>
    public bool IsLinearInTarget => options.FixedSteps is not null;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        IDifferentiableModel model = PointGradients.Differentiable(request.Model);
        HostTensor pixels = request.Image.Pixels;
        float[] baseline = Baseline.Of(request, options.Baseline, options.Blur, options.BaselineImage, images, cancellationToken);
        float[] difference = new float[baseline.Length];
        TensorPrimitives.Subtract(pixels.Floats, baseline, difference);
        HostTensor ends = HostTensor.Of([.. pixels.Floats, .. baseline], pixels.Shape.With(0, 2));
        HostTensor scores = await model.EvaluateAsync(ends, request.Targets, cancellationToken);
        var path = new StraightPath(model, pixels.Shape, baseline, difference);

        int count = request.Targets.Count;
        var results = new Explanation[count];
        int[] open = [.. Enumerable.Range(0, count)];
        int last = options.FixedSteps ?? options.MaxSteps;
        double done = 0;
        for (int steps = options.FixedSteps ?? FirstSteps; open.Length > 0; steps = Math.Min(2 * steps, last))
        {
            // Steps double, so all rounds together take less than twice the last.
            double to = options.FixedSteps is null ? Math.Min(1, done + (steps / (2.0 * last))) : 1;
            float[][] integrals = await path.IntegrateAsync(
                [.. open.Select(k => request.Targets[k])], Quadrature.Of(options.Method, steps), new PartOfProgress(request.Progress, done, to), cancellationToken);
            done = to;
            List<int> next = [];
            for (int i = 0; i < open.Length; i++)
            {
                int k = open[i];
                double delta = Sum(integrals[i], difference) - ((double)scores.Floats[k] - scores.Floats[count + k]);
                if (steps == last || Converged(delta, scores.Floats[k], scores.Floats[count + k]))
                    results[k] = Explain(pixels, request.Targets[k], scores.Floats[k], scores.Floats[count + k], difference, integrals[i], delta, steps);
                else
                    next.Add(k);
            }

            open = [.. next];
        }

        request.Progress?.Report(1);
        return results;
    }

    private bool Converged(double delta, double score, double baselineScore) => Math.Abs(delta)
        <= options.Tolerance * Math.Max(Math.Abs(score - baselineScore), SmallestDifference * Math.Max(Math.Abs(score), Math.Abs(baselineScore)));

    private Explanation Explain(
        HostTensor pixels, ExplanationTarget target, float score, float baselineScore, float[] difference, float[] integral, double delta, int steps)
    {
        if (options.Multiply) TensorPrimitives.Multiply(integral, difference, integral);
        Explanation explanation = Attribution.Signed(
            pixels, target, score, integral,
            difference.AsSpan().ContainsAnyExcept(0f) ? "the gradient is zero along the whole path" : "the image is the baseline itself",
            new Dictionary<string, HostTensor>(StringComparer.Ordinal)
            {
                [ConvergenceDelta.Name] = HostTensor.Of([(float)delta], 1),
                ["baseline_score"] = HostTensor.Of([baselineScore], 1),
                ["steps"] = HostTensor.Of([(float)steps], 1),
            });
        return options.FixedSteps is not null || Converged(delta, score, baselineScore)
            ? explanation
            : explanation with
            {
                Warning = string.Create(
                    CultureInfo.InvariantCulture, $"after {steps} steps the convergence delta is still {delta:G3} of a score difference of {(double)score - baselineScore:G3}; raise max-steps or tolerance"),
            };
    }

    private static double Sum(ReadOnlySpan<float> integral, ReadOnlySpan<float> difference)
    {
        double sum = 0;
        for (int i = 0; i < integral.Length; i++) sum += (double)integral[i] * difference[i];
        return sum;
    }
}
