using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>What metrics of complexity share.</summary>
internal static class ComplexityTraits
{
    /// <summary>Why a map of zeros has no complexity.</summary>
    public const string AllZero = "the map is all zeros";

    /// <summary>Traits of a metric that needs nothing but a map.</summary>
    public static MetricTraits Of(MetricDirection direction, double maximum = double.PositiveInfinity) =>
        new() { Family = MetricFamily.Complexity, Direction = direction, Needs = MetricNeeds.Map, Minimum = 0, Maximum = maximum };
}
