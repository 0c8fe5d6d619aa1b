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
    /// <summary>Texts that are held beside those that are chosen among: many units in a row share a text, but captions of images that are done do not come again.</summary>
    private const int MostHeld = 256;

    private readonly Dictionary<string, TextInput> _chosenAmong = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedListNode<(string Text, TextInput Input)>> _places = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Text, TextInput Input)> _latest = new();
    private readonly ConditionalWeakTable<TextChoices, CandidateTexts> _candidates = [];
    private readonly ConditionalWeakTable<PromptChoices, PromptSet> _prompts = [];

    /// <summary>The model.</summary>
    public IVisionLanguageModel Model => model;

    /// <summary>A text with its embedding.</summary>
    /// <exception cref="Graphs.PellucidException">The model cannot take it.</exception>
    public async Task<TextInput> GetAsync(string text, CancellationToken cancellationToken)
    {
        if (_chosenAmong.TryGetValue(text, out TextInput? found)) return found;
        if (_places.TryGetValue(text, out LinkedListNode<(string Text, TextInput Input)>? place))
        {
            _latest.Remove(place);
            _latest.AddFirst(place);
            return place.Value.Input;
        }

        found = (await model.PrepareTextsAsync([text], cancellationToken))[0];
        _places[text] = _latest.AddFirst((text, found));
        if (_latest.Count > MostHeld)
        {
            _places.Remove(_latest.Last!.Value.Text);
            _latest.RemoveLast();
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
        foreach (string text in texts)
        {
            TextInput input = await GetAsync(text, cancellationToken);
            _chosenAmong[text] = input;
            all.Add(input);
        }

        return all;
    }
}
