using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Host.Classifying;
using Pellucid.Modeling.Prompts;

namespace Pellucid.Host.Targets;

/// <summary>From what a user asks for to targets of a model. Files are read when it is made, before any model is.</summary>
public sealed class TargetFactory
{
    private readonly TargetChoice _choice;
    private readonly IReadOnlyList<PromptTexts> _prompts;
    private readonly IReadOnlyList<HeadTarget> _heads;
    private readonly IReadOnlyList<TapTarget> _taps;

    /// <summary>Reads the files that are named.</summary>
    /// <param name="choice">What is asked for.</param>
    /// <param name="model">Where the model lies; its folder may bring prompts.</param>
    /// <param name="runner">Runs heads.</param>
    /// <exception cref="PellucidException">The choice contradicts itself, or a file cannot be used.</exception>
    public TargetFactory(TargetChoice choice, ModelSource model, IGraphRunner runner)
    {
        ArgumentNullException.ThrowIfNull(choice);
        choice.Require();
        _choice = choice;
        _prompts = choice.Prompts is null && choice.Classes.Count == 0 ? [] : PromptFile.Read(ClassifyJob.OwnPrompts(model, choice.Prompts));
        if (choice.Classes.Count > 0) PromptFile.Select(_prompts, choice.Classes);
        _taps = [.. choice.Taps.Select(TapTarget.Parse)];
        HeadOutputs heads = new(runner);
        _heads = [.. choice.Heads.Select(h => heads.Find(h, choice.ClassScore ?? ClassScore.Logit))];
    }

    /// <summary>Makes the targets, all of one kind.</summary>
    /// <exception cref="PellucidException">They do not fit the model.</exception>
    public async Task<IReadOnlyList<ExplainedTarget>> CreateAsync(IVisionLanguageModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (_choice.Texts.Count > 0) return await TextsAsync(model, cancellationToken);
        if (_prompts.Count > 0) return await ClassesAsync(model, cancellationToken);
        if (_taps.Count > 0) return [.. _taps.Select(t => new ExplainedTarget(t.Describe(), t, []))];
        if (_heads.Count > 0)
        {
            foreach (HeadTarget target in _heads) HeadOutputs.Require(target, model.Description);
            return [.. _heads.Select(t => new ExplainedTarget(t.Head.Outputs[t.Output], t, []))];
        }

        EmbeddingDimensionTarget[] dimensions = [.. _choice.Dimensions.Select(d => new EmbeddingDimensionTarget(d))];
        foreach (EmbeddingDimensionTarget target in dimensions) target.Parameters(model.Description.EmbeddingDimension);
        return [.. dimensions.Select(d => new ExplainedTarget($"dimension {d.Dimension}", d, []))];
    }

    private async Task<IReadOnlyList<ExplainedTarget>> TextsAsync(IVisionLanguageModel model, CancellationToken cancellationToken)
    {
        ScoreKind score = _choice.Score ?? ScoreKind.Cosine;
        IReadOnlyList<string> all = _choice.Against is { } other ? [.. _choice.Texts, other] : _choice.Texts;
        IReadOnlyList<TextInput> texts = await model.PrepareTextsAsync(all, cancellationToken);
        return _choice.Against is null
            ? [.. texts.Select(t => new ExplainedTarget(t.Tokens.Text, new MatchingScoreTarget(t, score), [t]))]
            : [.. texts.SkipLast(1).Select(t => new ExplainedTarget($"{t.Tokens.Text} | not: {texts[^1].Tokens.Text}", new ContrastTarget(t, texts[^1], score), [t, texts[^1]]))];
    }

    private async Task<IReadOnlyList<ExplainedTarget>> ClassesAsync(IVisionLanguageModel model, CancellationToken cancellationToken)
    {
        PromptSet set = await model.PreparePromptsAsync(
            _prompts, _choice.Ensemble ?? PromptEnsemble.Mean, _choice.Padding ?? PromptPadding.None, cancellationToken);
        IReadOnlyList<string> names = _choice.Classes.Count > 0 ? _choice.Classes : [.. set.Classes.Select(c => c.Name)];
        return [.. names.Select(n => new ExplainedTarget(
            n, new ClassScoreTarget(set, set.IndexOf(n), _choice.ClassScore ?? ClassScore.Logit, _choice.Score ?? ScoreKind.Logit), []))];
    }
}
