using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Faithfulness;

namespace Pellucid.Plugins.Metrics.Text;

/// <summary>Options of <see cref="TextPerturbationMetric"/>.</summary>
public sealed record TextPerturbationOptions : IValidatableObject
{
    /// <summary>Which words go.</summary>
    [Description("which words go: most-relevant (the positive test: lower is better) or least-relevant (the negative test: higher is better)")]
    public RemovalOrder Order { get; init; } = RemovalOrder.MostRelevant;

    /// <summary>Shares of the words that are removed.</summary>
    [Description("shares of the words that are removed, ascending")]
    public IReadOnlyList<double> Steps { get; init; } = [0, 0.25, 0.5, 0.75, 0.8, 0.85, 0.9, 0.95, 1];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Steps.Count == 0 || Steps.Any(p => p is < 0 or > 1) || Steps.Zip(Steps.Skip(1)).Any(p => p.First >= p.Second))
            yield return new ValidationResult("steps needs ascending numbers from 0 to 1", [nameof(Steps)]);
    }
}
