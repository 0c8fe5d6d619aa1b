using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Curves and the areas under them.</summary>
internal static class Curves
{
    /// <summary>The curve of scores whose first belongs to the unchanged image, with equal steps up to <paramref name="last"/>.</summary>
    public static MetricCurve Of(string name, IReadOnlyList<double> scores, double last = 1) =>
        new(name, [.. Enumerable.Range(0, scores.Count).Select(i => scores.Count == 1 ? 0 : last * i / (scores.Count - 1))], scores);

    /// <summary>Area under a curve whose first point is the unchanged image.</summary>
    public static double Area(MetricCurve curve, AreaScale scale) => scale == AreaScale.Normalized
        ? curve.Area
        : new MetricCurve(curve.Name, [.. curve.X.Skip(1)], [.. curve.Y.Skip(1)]).RawArea;
}
