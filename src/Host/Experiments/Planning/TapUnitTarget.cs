using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>One element of an intermediate tensor.</summary>
/// <param name="Element">The element.</param>
public sealed record TapUnitTarget(TapTarget Element) : UnitTarget
{
    /// <inheritdoc/>
    public override string Kind => Element.Kind;

    /// <inheritdoc/>
    public override string Identity => Element.Describe();

    /// <inheritdoc/>
    public override string Description => Element.Describe();

    /// <inheritdoc/>
    public override Task<ExplanationTarget> ResolveAsync(EmbeddedTexts texts, CancellationToken cancellationToken) => Task.FromResult<ExplanationTarget>(Element);
}
