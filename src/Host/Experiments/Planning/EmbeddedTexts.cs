using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// Texts as a model takes them, each embedded once and alone (classes of prompts as whole sets): together with others, a text encoder may round differently, and a resumed run
/// would not give the bytes of an unbroken one. Not safe for concurrent use.
/// </summary>
/// <param name="model">The model.</param>
public sealed class EmbeddedTexts(IVisionLanguageModel model)
{
    private readonly Dictionary<string, TextInput> _texts = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<TextChoices, CandidateTexts> _candidates = [];
    private readonly ConditionalWeakTable<PromptChoices, PromptSet> _prompts = [];

    /// <summary>The model.</summary>
    public IVisionLanguageModel Model => model;

    /// <summary>A text with its embedding.</summary>
    /// <exception cref="Graphs.PellucidException">The model cannot take it.</exception>
    public async Task<TextInput> GetAsync(string text, CancellationToken cancellationToken)
    {
        if (!_texts.TryGetValue(text, out TextInput? found))
        {
            found = (await model.PrepareTextsAsync([text], cancellationToken))[0];
            _texts[text] = found;
        }

        return found;
    }

    /// <summary>Texts to choose among.</summary>
    /// <exception cref="Graphs.PellucidException">The model cannot take one of them.</exception>
    public async Task<CandidateTexts> CandidatesAsync(TextChoices choices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (_candidates.TryGetValue(choices, out CandidateTexts? found)) return found;
        found = CandidateTexts.Of(await AllAsync(choices.Texts, cancellationToken));
        _candidates.Add(choices, found);
        return found;
    }

    /// <summary>Classes with their prompts.</summary>
    /// <exception cref="Graphs.PellucidException">The model cannot take one of the prompts.</exception>
    public async Task<PromptSet> PromptsAsync(PromptChoices choices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (_prompts.TryGetValue(choices, out PromptSet? found)) return found;
        found = await model.PreparePromptsAsync(choices.Classes, choices.Ensemble, choices.Padding, cancellationToken);
        _prompts.Add(choices, found);
        return found;
    }

    private async Task<IReadOnlyList<TextInput>> AllAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        List<TextInput> all = [];
        foreach (string text in texts) all.Add(await GetAsync(text, cancellationToken));
        return all;
    }
}
