namespace Pellucid.Host.Experiments.Files;

/// <summary>Elements of intermediate tensors.</summary>
/// <param name="Taps">Such as <c>vision.blocks.3.output[5,17]</c>.</param>
public sealed record TapChoice(IReadOnlyList<string> Taps) : TargetChoice
{
    /// <inheritdoc/>
    public override bool NeedsText => false;
}
