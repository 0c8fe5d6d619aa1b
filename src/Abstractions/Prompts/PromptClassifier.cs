using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Prompts;

/// <summary>
/// Classifies images by prompts, without training (PromptClassifier of Wang et al. 2022, "MedCLIP: contrastive learning from unpaired
/// medical images and text"): a class's logit is the mean or largest logit of the image with the class's prompts.
/// </summary>
/// <param name="model">The model that also read the prompts.</param>
/// <param name="prompts">The classes.</param>
public sealed class PromptClassifier(IVisionLanguageModel model, PromptSet prompts)
{
    /// <summary>The classes.</summary>
    public PromptSet Prompts => prompts;

    /// <summary>Class scores of images.</summary>
    /// <param name="pixels">[B, C, H, W].</param>
    /// <param name="probabilities">Whether the logits go through a softmax over the classes; the published classifier leaves them as they are.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>[B, classes].</returns>
    /// <exception cref="PellucidException">The prompts come from another model, or a score is not finite.</exception>
    public async Task<HostTensor> ClassifyAsync(HostTensor pixels, bool probabilities = false, CancellationToken cancellationToken = default) =>
        Classify(await model.EmbedImagesAsync(pixels, cancellationToken), probabilities);

    /// <summary>Class scores of image embeddings, [B, E] un-normalized, to [B, classes].</summary>
    /// <exception cref="PellucidException">The prompts come from another model, or a score is not finite.</exception>
    public HostTensor Classify(HostTensor embeds, bool probabilities = false)
    {
        ArgumentNullException.ThrowIfNull(embeds);
        int batch = (int)embeds.Shape[0], width = (int)embeds.Shape[1], classes = prompts.Classes.Count;
        prompts.RequireWidth(width);
        float[] values = new float[batch * classes];
        for (int b = 0; b < batch; b++)
        {
            double[] scores = prompts.Scores(model.Fusion, embeds.Floats.Slice(b * width, width));
            if (Array.Exists(scores, s => !double.IsFinite(s))) throw new PellucidException($"a score of image {b} is not finite: its embedding, the prompts or the weights are unusable");
            if (probabilities) scores = Softmax.Of<double>(scores);
            for (int c = 0; c < classes; c++) values[(b * classes) + c] = (float)scores[c];
        }

        return HostTensor.Of(values, batch, classes);
    }
}
