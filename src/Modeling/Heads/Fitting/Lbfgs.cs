using System.Numerics.Tensors;

namespace Pellucid.Modeling.Heads.Fitting;

/// <summary>
/// Limited-memory BFGS (Liu and Nocedal 1989; two-loop recursion of Nocedal and Wright 2006, algorithm 7.4) with a line search that halves the step until
/// the function falls enough. Deterministic.
/// </summary>
internal static class Lbfgs
{
    private const int Memory = 10;

    /// <summary>Minimizes a smooth function.</summary>
    /// <param name="x">Where to start.</param>
    /// <param name="function">Its value, and its gradient into the second argument.</param>
    /// <param name="iterations">Most steps.</param>
    /// <param name="tolerance">Largest element of the gradient at the end.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The minimum; null where it was not reached.</returns>
    public static double[]? Minimize(double[] x, Func<double[], double[], double> function, int iterations, double tolerance, CancellationToken cancellationToken)
    {
        double[] gradient = new double[x.Length];
        double value = function(x, gradient);
        List<(double[] Step, double[] Change, double Scale)> past = [];
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient)) <= tolerance) return x;
            double[] direction = Direction(gradient, past);
            double slope = TensorPrimitives.Dot<double>(direction, gradient);
            if (slope >= 0)
            {
                past.Clear();
                direction = [.. gradient.Select(g => -g)];
                slope = -TensorPrimitives.Dot<double>(gradient, gradient);
            }

            double[] next = new double[x.Length], nextGradient = new double[x.Length];
            double length = past.Count == 0 ? Math.Min(1, 1 / TensorPrimitives.Norm<double>(gradient)) : 1, nextValue;
            int halvings = 0;
            while (true)
            {
                TensorPrimitives.MultiplyAdd(direction, length, x, next);
                nextValue = function(next, nextGradient);

                // Near the minimum the value no longer tells, by rounding; a smaller gradient does.
                bool flat = Math.Abs(nextValue - value) <= 1e-14 * (1 + Math.Abs(value))
                    && TensorPrimitives.Norm<double>(nextGradient) < TensorPrimitives.Norm<double>(gradient);
                if (nextValue <= value + (1e-4 * length * slope) || flat) break;
                if (++halvings > 60) return null;
                length /= 2;
            }

            double[] step = new double[x.Length], change = new double[x.Length];
            TensorPrimitives.Subtract(next, x, step);
            TensorPrimitives.Subtract(nextGradient, gradient, change);
            double curvature = TensorPrimitives.Dot<double>(step, change);
            if (curvature > 1e-16 * TensorPrimitives.Norm<double>(step) * TensorPrimitives.Norm<double>(change))
            {
                if (past.Count == Memory) past.RemoveAt(0);
                past.Add((step, change, 1 / curvature));
            }

            (x, gradient, value) = (next, nextGradient, nextValue);
        }

        return null;
    }

    /// <summary>Minus the estimated inverse Hessian times the gradient.</summary>
    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Scale)> past)
    {
        double[] q = [.. gradient.Select(g => -g)];
        double[] alphas = new double[past.Count];
        for (int i = past.Count - 1; i >= 0; i--)
        {
            alphas[i] = past[i].Scale * TensorPrimitives.Dot<double>(past[i].Step, q);
            TensorPrimitives.MultiplyAdd(past[i].Change, -alphas[i], q, q);
        }

        if (past.Count > 0)
        {
            (_, double[] change, double scale) = past[^1];
            TensorPrimitives.Multiply(q, 1 / (scale * TensorPrimitives.Dot<double>(change, change)), q);
        }

        for (int i = 0; i < past.Count; i++)
        {
            double beta = past[i].Scale * TensorPrimitives.Dot<double>(past[i].Change, q);
            TensorPrimitives.MultiplyAdd(past[i].Step, alphas[i] - beta, q, q);
        }

        return q;
    }
}
