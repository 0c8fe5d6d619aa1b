using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="PerturbationTestMetric"/>.</summary>
public sealed record PerturbationTestOptions : IValidatableObject
{
    /// <summary>Which pixels go.</summary>
    [Description("which pixels go: most-relevant (the positive test: lower is better) or least-relevant (the negative test: higher is better)")]
    public RemovalOrder Order { get; init; } = RemovalOrder.MostRelevant;

    /// <summary>Shares of the pixels that are removed.</summary>
    [Description("shares of the pixels that are removed, each from the unchanged image, ascending")]
    public IReadOnlyList<double> Steps { get; init; } = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>What removed pixels become.</summary>
    [Description("what removed pixels become")]
    public FillColor Fill { get; init; } = FillColor.Black;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Steps.Count == 0 || Steps.Any(p => p is < 0 or > 1) || Steps.Zip(Steps.Skip(1)).Any(p => p.First >= p.Second))
            yield return new ValidationResult("steps needs ascending numbers from 0 to 1", [nameof(Steps)]);
    }
}
