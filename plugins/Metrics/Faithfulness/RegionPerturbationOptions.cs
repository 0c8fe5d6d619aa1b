using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="RegionPerturbationMetric"/>.</summary>
public sealed record RegionPerturbationOptions : PatchOptions, IValidatableObject
{
    /// <summary>Which squares go first.</summary>
    [Description("which squares go first: most-relevant (higher is better), least-relevant (lower is better), random")]
    public PatchOrder Order { get; init; } = PatchOrder.MostRelevant;

    /// <summary>Most squares that are filled.</summary>
    [Description("squares that are filled, at most"), Range(1, 1 << 20)]
    public int Regions { get; init; } = 100;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Order == PatchOrder.Random && Placement == PatchPlacement.Greedy)
            yield return new ValidationResult("order=random has no best place: placement=greedy cannot be given with it", [nameof(Placement)]);
    }
}
