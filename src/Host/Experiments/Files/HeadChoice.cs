using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Experiments.Files;

/// <summary>Outputs of heads on the image embedding.</summary>
/// <param name="Heads"><c>file</c>, for the first output, or <c>file:output</c>; relative to the experiment.</param>
/// <param name="Form">The output itself, or the probability of a class.</param>
public sealed record HeadChoice(IReadOnlyList<string> Heads, ClassScore Form) : TargetChoice
{
    /// <inheritdoc/>
    public override bool NeedsText => false;
}
