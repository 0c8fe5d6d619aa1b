using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// Texts as a model takes them, each embedded once and alone: together with others, a text encoder may round differently, and a resumed run
/// would not give the bytes of an unbroken one.
/// </summary>
/// <param name="model">The model.</param>
public sealed class EmbeddedTexts(IVisionLanguageModel model)
{
    private readonly Dictionary<string, TextInput> _texts = new(StringComparer.Ordinal);

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
}
