using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Prompts;

/// <summary>From prompts as texts to a set that a model has read.</summary>
public static class PromptPreparation
{
    /// <summary>Prompts embedded at once.</summary>
    private const int TextsAtOnce = 32;

    /// <summary>Tokenizes and embeds all prompts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="classes">Classes with their prompts.</param>
    /// <param name="ensemble">How the scores with the prompts of a class become one.</param>
    /// <param name="padding">How prompts are padded; makes no difference for models that do not read padding.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">A class is empty or there twice, or the model brings no tokenizer.</exception>
    public static async Task<PromptSet> PreparePromptsAsync(
        this IVisionLanguageModel model, IReadOnlyList<PromptTexts> classes, PromptEnsemble ensemble = PromptEnsemble.Mean,
        PromptPadding padding = PromptPadding.None, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.FirstOrDefault(c => c.Prompts.Count == 0) is { } empty) throw new PellucidException($"class \"{empty.Name}\" has no prompt");
        List<PromptClass> read = [];
        foreach (PromptTexts texts in classes)
        {
            List<TextInput> prompts = [];
            if (padding == PromptPadding.Class && model.Tokenizer is IBatchTokenizer tokenizer)
            {
                HostTensor embeds = await model.EmbedTextsAsync(tokenizer.TokenizeBatch(texts.Prompts), cancellationToken);
                prompts.AddRange(texts.Prompts.Select((p, i) => new TextInput(tokenizer.Tokenize(p), embeds.Rows(i, 1).Reshape(-1))));
            }
            else
            {
                foreach (string[] some in texts.Prompts.Chunk(TextsAtOnce)) prompts.AddRange(await model.PrepareTextsAsync(some, cancellationToken));
            }

            read.Add(new PromptClass(texts.Name, prompts));
        }

        return new PromptSet(read, ensemble);
    }
}
