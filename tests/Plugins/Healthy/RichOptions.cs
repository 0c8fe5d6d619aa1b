using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Explanations;

namespace TestPlugins.Healthy;

public enum Direction
{
    UpAndDown,
    Left,
    Right,
}

/// <summary>One option of every type the grammar knows.</summary>
public sealed record RichOptions : IValidatableObject
{
    [Description("how many layers"), Range(1, 12)]
    public int LayerCount { get; init; } = 3;

    public bool Abs { get; init; } = true;

    [Range(0, 1)]
    public double Fraction { get; init; } = 0.5;

    public float Single { get; init; } = 0.1f;

    public long Long { get; init; } = -1;

    public ulong Seed { get; init; }

    public int? Limit { get; init; }

    public string Label { get; init; } = "plain text";

    public string? Note { get; init; }

    public Direction Direction { get; init; } = Direction.Left;

    public Direction? Maybe { get; init; }

    [Range(1, 64), MaxLength(3)]
    public ImmutableArray<int> Window { get; init; } = [8, 8];

    public string[] Names { get; init; } = [];

    public IReadOnlyList<double> Weights { get; init; } = [];

    public IReadOnlyList<Direction> Ways { get; init; } = [];

    public IExplainer? Inner { get; init; }

    public IReadOnlyList<IExplainer> Others { get; init; } = [];

    public int ReadOnly => LayerCount;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Limit < LayerCount) yield return new ValidationResult("limit must not be below layer-count");
    }
}
