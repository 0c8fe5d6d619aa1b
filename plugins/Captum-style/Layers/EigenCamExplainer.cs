using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// Eigen-CAM (Muhammad and Yeasin 2020, "Eigen-CAM: Class activation map using principal components", eq. 2 and 3): the positions of the layer
/// projected on the first principal component of their channels. It shows what the layer holds, whatever the target.
/// </summary>
/// <remarks>
/// A principal component has no sign. It is chosen so that positions with large activations (in length, over the channels) are positive; published code takes what its linear
/// algebra library returns. The positions are centered first, as in pytorch-grad-cam.
/// </remarks>
/// <example><c>--explainer "eigen-cam(layer=layer4)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class EigenCamExplainer(CamOptions options, IGraphRunner runner) : CamExplainer(options, runner)
{
    private const int MostIterations = 2000;
    private const double Converged = 1e-14;

    private protected override bool NeedsGradients => false;

    private protected override Task<IReadOnlyList<Cam>> CamsAsync(LayerRun run, CancellationToken cancellationToken)
    {
        LayerGrid grid = run.Grid;
        float[] activation = grid.Read(run.Activation, 0);
        var cam = new Cam(Project(activation, grid, cancellationToken), null);
        return Task.FromResult<IReadOnlyList<Cam>>([.. Enumerable.Repeat(cam, run.Count)]);
    }

    /// <summary>Power iteration on the scatter matrix of the channels, which is never made: v becomes A^T (A v).</summary>
    private static float[] Project(float[] activation, LayerGrid grid, CancellationToken cancellationToken)
    {
        int area = grid.Area;
        double[][] centered = [.. Enumerable.Range(0, grid.Channels).Select(c =>
        {
            double[] channel = [.. activation.AsSpan(c * area, area).ToArray().Select(v => (double)v)];
            TensorPrimitives.Subtract(channel, channel.Average(), channel);
            return channel;
        })];

        // The channel that varies most is a start that is not orthogonal to the component, unless it is the component of another.
        double[] projection = [.. centered.MaxBy(c => TensorPrimitives.SumOfSquares<double>(c))!], next = new double[area];
        double length = TensorPrimitives.Norm<double>(projection);
        for (int i = 0; i < MostIterations && length > 0; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TensorPrimitives.Divide(projection, length, projection);
            Array.Clear(next);
            double weights = 0;
            foreach (double[] channel in centered)
            {
                double weight = TensorPrimitives.Dot<double>(channel, projection);
                weights += weight * weight;
                TensorPrimitives.MultiplyAdd(channel, weight, next, next);
            }

            double change = 1 - (TensorPrimitives.Dot<double>(next, projection) / TensorPrimitives.Norm<double>(next));
            next.CopyTo(projection, 0);
            length = TensorPrimitives.Norm<double>(projection);
            if (change >= Converged && i + 1 < MostIterations) continue;

            // The projection is as long as the singular value: |A^T u| for the unit vector u of the positions.
            TensorPrimitives.Multiply(projection, Math.Sqrt(weights) / length * Sign(projection, activation, area), projection);
            break;
        }

        return [.. projection.Select(v => (float)v)];
    }

    private static double Sign(double[] projection, float[] activation, int area)
    {
        double[] energy = new double[area];
        for (int i = 0; i < activation.Length; i++) energy[i % area] += (double)activation[i] * activation[i];
        double mean = energy.Average(), agreement = 0;
        for (int p = 0; p < area; p++) agreement += (Math.Sqrt(energy[p]) - Math.Sqrt(mean)) * projection[p];
        return agreement < 0 ? -1 : 1;
    }
}
