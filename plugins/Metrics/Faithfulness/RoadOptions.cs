using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="RoadMetric"/>.</summary>
public sealed record RoadOptions : IValidatableObject
{
    /// <summary>Which output is watched.</summary>
    [Description("what is watched: top1 and top5 (their mean over a data set is the accuracy), target, logit, probability")]
    public MeasuredScore Score { get; init; } = MeasuredScore.Top1;

    /// <summary>Which pixels go.</summary>
    [Description("which pixels go: most-relevant (lower is better) or least-relevant (higher is better)")]
    public RemovalOrder Order { get; init; } = RemovalOrder.MostRelevant;

    /// <summary>Shares of the pixels that are removed.</summary>
    [Description("percentages of the pixels that are removed, ascending")]
    public IReadOnlyList<double> Percentages { get; init; } = [10, 30, 50, 70, 90];

    /// <summary>Noise on imputed pixels.</summary>
    [Description("standard deviation of the noise on imputed pixels, in normalized pixels"), Range(0.0, 100.0)]
    public double Noise { get; init; } = 0.01;

    /// <summary>Whether the sign of the map is dropped.</summary>
    [Description("drop the sign of the map")]
    public bool Abs { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Percentages.Count == 0 || Percentages.Any(p => p is <= 0 or >= 100) || Percentages.Zip(Percentages.Skip(1)).Any(p => p.First >= p.Second))
            yield return new ValidationResult("percentages needs ascending numbers above 0 and below 100", [nameof(Percentages)]);
    }
}
