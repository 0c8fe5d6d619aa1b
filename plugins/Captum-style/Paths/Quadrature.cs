namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Nodes and weights on [0, 1].</summary>
/// <param name="Nodes">Where the integrand is taken.</param>
/// <param name="Weights">Its weights.</param>
internal sealed record Quadrature(double[] Nodes, double[] Weights)
{
    private const double Precision = 1e-15;

    /// <summary>Makes a rule.</summary>
    /// <param name="rule">Which.</param>
    /// <param name="steps">Number of nodes, at least 1; the trapezoid rules need 2.</param>
    public static Quadrature Of(QuadratureRule rule, int steps) => rule switch
    {
        QuadratureRule.GaussLegendre => GaussLegendre(steps),
        QuadratureRule.RiemannLeft => Even(steps, k => (double)k / steps),
        QuadratureRule.RiemannRight => Even(steps, k => (k + 1.0) / steps),
        QuadratureRule.RiemannMiddle => Even(steps, k => (k + 0.5) / steps),
        QuadratureRule.Trapezoid => Trapezoid(steps, 1.0 / (steps - 1)),
        QuadratureRule.TrapezoidLibrary => Trapezoid(steps, 1.0 / steps),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "no such rule"),
    };

    private static Quadrature Even(int steps, Func<int, double> node)
    {
        double[] weights = new double[steps];
        Array.Fill(weights, 1.0 / steps);
        return new Quadrature([.. Enumerable.Range(0, steps).Select(node)], weights);
    }

    private static Quadrature Trapezoid(int steps, double weight)
    {
        double[] weights = new double[steps];
        Array.Fill(weights, weight);
        weights[0] = weights[^1] = weight / 2;
        return new Quadrature([.. Enumerable.Range(0, steps).Select(k => (double)k / (steps - 1))], weights);
    }

    /// <summary>Roots of the Legendre polynomial by Newton's method from Tricomi's approximation, from [-1, 1] to [0, 1].</summary>
    private static Quadrature GaussLegendre(int steps)
    {
        double[] nodes = new double[steps], weights = new double[steps];
        for (int i = 0; i < (steps + 1) / 2; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (steps + 0.5)), slope = 1;
            for (int iteration = 0; iteration < 100; iteration++)
            {
                (double value, slope) = Legendre(steps, x);
                double change = value / slope;
                x -= change;
                if (Math.Abs(change) <= Precision) break;
            }

            double weight = 1 / ((1 - (x * x)) * slope * slope);
            (nodes[i], nodes[^(i + 1)]) = ((1 - x) / 2, (1 + x) / 2);
            (weights[i], weights[^(i + 1)]) = (weight, weight);
        }

        return new Quadrature(nodes, weights);
    }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double previous = 1, value = x;
        for (int k = 2; k <= degree; k++) (previous, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * previous)) / k);
        return (value, degree * ((x * value) - previous) / ((x * x) - 1));
    }
}
