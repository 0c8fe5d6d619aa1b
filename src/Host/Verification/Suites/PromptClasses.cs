using Pellucid.Abstractions.Models;
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
        string[] names = Names(inputs);
        int rows = (int)images.Shape[0];
        float[] result = new float[rows * names.Length];
        for (int c = 0; c < names.Length; c++)
        {
            HostTensor texts = await model.EmbedTextsAsync(inputs.Read(Prefix + names[c] + Suffix), cancellationToken);
            HostTensor logits = TinyClipSuite.Logits(model, images, texts);
            int prompts = (int)texts.Shape[0];
            for (int i = 0; i < rows; i++)
            {
                float[] row = logits.Floats.Slice(i * prompts, prompts).ToArray();
                result[(i * names.Length) + c] = mean ? row.Average() : row.Max();
            }
        }

        return HostTensor.Of(result, rows, names.Length);
    }
}
