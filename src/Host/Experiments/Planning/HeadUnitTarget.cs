using Pellucid.Abstractions.Explanations;
using Pellucid.Host.Options;
using Pellucid.Host.Targets;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>An output of a head on the image embedding.</summary>
/// <param name="Output">The output.</param>
public sealed record HeadUnitTarget(HeadTarget Output) : UnitTarget
{
    /// <inheritdoc/>
    public override string Kind => Output.Kind;

    /// <inheritdoc/>
    public override string Identity => $"head(form={OptionNames.ToKebab(Output.Form.ToString())}, head={Output.Head.ContentHash}, output={Output.Output})";

    /// <inheritdoc/>
    public override string Description => Output.Describe();

    /// <inheritdoc/>
    public override Task<ExplanationTarget> ResolveAsync(EmbeddedTexts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        HeadOutputs.Require(Output, texts.Model.Description);
        return Task.FromResult<ExplanationTarget>(Output);
    }
}
