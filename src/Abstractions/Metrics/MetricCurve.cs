namespace Pellucid.Abstractions.Metrics;

/// <summary>Values along the steps of a measurement.</summary>
/// <param name="Name">What is measured, for example <c>probability</c>.</param>
/// <param name="X">Where: mostly the share of the input that was changed, [0, 1]; ascending.</param>
/// <param name="Y">The values, as many as <paramref name="X"/>. Finite.</param>
public sealed record MetricCurve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Area under the curve by the trapezoid rule, divided by its width: the mean height.</summary>
    public double Area
    {
        get
        {
            if (Y.Count == 0) return double.NaN;
            double width = X[^1] - X[0], area = 0;
            if (width <= 0) return Y.Average();
            for (int i = 1; i < Y.Count; i++) area += (X[i] - X[i - 1]) * (Y[i] + Y[i - 1]) / 2;
            return area / width;
        }
    }

    /// <summary>Area by the trapezoid rule with a distance of 1 between points, not divided by anything.</summary>
    public double RawArea
    {
        get
        {
            double area = 0;
            for (int i = 1; i < Y.Count; i++) area += (Y[i] + Y[i - 1]) / 2;
            return area;
        }
    }
}
