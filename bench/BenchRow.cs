namespace Pellucid.Bench;

/// <summary>One measured figure.</summary>
/// <param name="Name">Short name, as <c>--only</c> takes it.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure; null where it could not be taken, as <paramref name="Note"/> says.</param>
/// <param name="Unit">Unit: <c>x</c> is a multiple of the plain forward of the same run.</param>
/// <param name="Limit">Largest value that is good (smallest where <see cref="AtLeast"/>); null for a figure that is only reported.</param>
/// <param name="Note">The measured times or sizes behind the figure.</param>
internal sealed record BenchRow(string Name, string What, double? Value, string Unit, double? Limit, string Note)
{
    /// <summary>Whether more is better.</summary>
    public bool AtLeast { get; init; }

    public bool Missed => Limit is { } limit && !(AtLeast ? Value >= limit : Value <= limit);
}
