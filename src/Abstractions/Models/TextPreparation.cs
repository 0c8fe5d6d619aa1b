using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>From texts to what explanation targets hold.</summary>
public static class TextPreparation
{
    /// <summary>Tokenizes texts and embeds them all in one run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">At least one text.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One input a text, in order, each with its un-normalized embedding [E].</returns>
    /// <exception cref="PellucidException">The model brings no tokenizer, or cannot take a text.</exception>
    public static async Task<IReadOnlyList<TextInput>> PrepareTextsAsync(
        this IVisionLanguageModel model, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfZero(texts.Count);
        TokenizedText[] tokens = [.. texts.Select(model.Tokenizer.Tokenize)];
        HostTensor ids = HostTensor.Of([.. tokens.SelectMany(t => t.Ids)], tokens.Length, tokens[0].Ids.Count);
        HostTensor embeds = await model.EmbedTextsAsync(ids, cancellationToken);
        return [.. tokens.Select((t, i) => new TextInput(t, embeds.Rows(i, 1).Reshape(-1)))];
    }
}
