using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Verification.Suites;

/// <summary>
/// Classes that are sets of prompts, <c>prompts.{class}.input_ids</c>: an image's logit of a class is the mean or the largest of its
/// logits with the prompts (MedCLIP's PromptClassifier with and without <c>ensemble</c>).
/// </summary>
internal static class PromptClasses
{
    private const string Prefix = "prompts.", Suffix = ".input_ids";

    /// <summary>Class names, in ordinal order.</summary>
    public static string[] Names(Checkpoint inputs) =>
        [.. inputs.Weights.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal) && k.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(k => k[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Logits [images, classes]; each class is a batch of its own.</summary>
    public static async Task<HostTensor> LogitsAsync(IVisionLanguageModel model, Checkpoint inputs, HostTensor images, bool mean, CancellationToken cancellationToken)
    {
        List<PromptClass> classes = [];
        foreach (string name in Names(inputs))
        {
            HostTensor texts = await model.EmbedTextsAsync(inputs.Read(Prefix + name + Suffix), cancellationToken);
            classes.Add(new PromptClass(name, [.. Enumerable.Range(0, (int)texts.Shape[0]).Select(p => new TextInput(
                new TokenizedText($"prompt {p}", [], 0, [], [], Truncated: false, 0), texts.Rows(p, 1).Reshape(-1)))]));
        }

        return new PromptClassifier(model, new PromptSet(classes, mean ? PromptEnsemble.Mean : PromptEnsemble.Max)).Classify(images);
    }
}
