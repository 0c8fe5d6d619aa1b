using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>The straight path from a baseline to an image.</summary>
/// <param name="model">The model.</param>
/// <param name="shape">[1, C, H, W].</param>
/// <param name="baseline">Where it starts.</param>
/// <param name="difference">Image minus baseline.</param>
internal sealed class StraightPath(IDifferentiableModel model, TensorShape shape, float[] baseline, float[] difference)
{
    /// <summary>Integrals of the gradients of targets along the path, one for each target.</summary>
    public async Task<float[][]> IntegrateAsync(
        IReadOnlyList<ExplanationTarget> targets, Quadrature quadrature, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        float[][] integrals = [.. targets.Select(_ => new float[baseline.Length])];
        await PointGradients.ForEachAsync(
            model, shape, targets, quadrature.Nodes.Length,
            (point, pixels) => TensorPrimitives.MultiplyAdd(difference, (float)quadrature.Nodes[point], baseline, pixels),
            (point, target, _, gradient) => TensorPrimitives.MultiplyAdd(gradient, (float)quadrature.Weights[point], integrals[target], integrals[target]),
            progress, cancellationToken);
        return integrals;
    }
}
