using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Perturbation;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>
/// FIxLIP (Baniecki et al. 2025, "Explaining similarity in vision-language encoders with weighted Banzhaf interactions"): regions of the image and words
/// of the text play a game whose value is the score of what is left of both. The explanation is the game of order 2 that is nearest to it over
/// all choices of players, each there with probability p: the faithful weighted Banzhaf interactions. Choices of regions and of words are drawn apart,
/// so N + M embeddings give N M values (cross-modal sampling).
/// </summary>
/// <remarks>
/// The map and the importances of words are the weighted Banzhaf values, e_i + p (sum of i's interactions). Details: <c>interactions</c> [words, rows, columns]
/// where regions are equal rectangles, else [words, H, W]; <c>region-interactions</c> [words, F]; <c>region-values</c> [F] and <c>word-values</c> [words], the weighted
/// Banzhaf values; <c>region-terms</c> [F], <c>word-terms</c> [words] and <c>intercept</c> [1], the fitted game's other terms; with <c>pairs=all</c>
/// <c>region-pairs</c> [F, F] and <c>word-pairs</c> [words, words]; <c>faithfulness</c> [1], the share of the game's variance that the fit explains.
/// Replays <c>image-samples</c> [N, F] and <c>text-samples</c> [M, words] (0 or 1), <c>feature-mask</c> and <c>baseline</c>.
/// </remarks>
/// <example><c>--explainer "fixlip(patch=32, p=0.7, image-samples=1000)" --seed 1</c></example>
/// <param name="options">Options.</param>
/// <param name="files">Reads masks that are images.</param>
public sealed class FixlipExplainer(FixlipOptions options, IImageReader files) : IExplainer
{
    /// <summary>Share of the images in the work, for the progress.</summary>
    private const double ImageShare = 0.8;

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Evaluate;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is MatchingScoreTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        MatchingScoreTarget[] targets = [.. request.Targets.Cast<MatchingScoreTarget>()];
        if (targets.FirstOrDefault(t => t.Text.Tokens.Words.Count == 0) is { } wordless)
            throw new PellucidException($"the text \"{wordless.Text.Tokens.Text}\" has no words, so no region interacts with one; take a text with words, or an explainer of the image alone (kernel-shap)");
        FeatureMask mask = FeatureMask.Of(request, options, files, cancellationToken);
        CoalitionSample image = CoalitionSample.Of(request, "image-samples", 0, mask.Count, options.ImageSamples, options.P);
        CoalitionSample[] texts = [.. targets.Select(t => CoalitionSample.Of(request, "text-samples", 1, t.Text.Tokens.Words.Count, options.TextSamples, options.P))];

        // What does not fit is known before the model works.
        PlayerRegression onRegions = Regression(image, "regions", "more image-samples (several times the number of regions), a larger patch", cancellationToken);
        PlayerRegression[] onWords = [.. texts.Select(t => Regression(t, "words", "more text-samples", cancellationToken))];
        HostTensor embeddings = await MaskedPair.EmbedImagesAsync(request, mask, options.Fill, image.Present, new PartOfProgress(request.Progress, 0, ImageShare), cancellationToken);
        HostTensor shown = embeddings.Rows(1, image.Present.Length);
        var explanations = new Explanation[targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            double part = (1 - ImageShare) / targets.Length, from = ImageShare + (k * part);
            MatchingScoreTarget target = targets[k];
            TokenizedText tokens = target.Text.Tokens;
            HostTensor kept = await MaskedPair.EmbedTextsAsync(
                request.Model, tokens, options.Absent, texts[k].Present, new PartOfProgress(request.Progress, from, from + (0.9 * part)), cancellationToken);
            double[][] values = MaskedPair.Scores(request.Model.Fusion, shown, kept, target, cancellationToken);
            FaithfulInteractions fit = new InteractionFit(onRegions, onWords[k], options.P).Fit(values, image.Weights, texts[k].Weights);
            double score = (await request.Model.EvaluateEmbeddingsAsync(embeddings.Rows(0, 1), [target], cancellationToken)).Floats[0];
            explanations[k] = FixlipExplanation.Of(target, score, fit, mask, request.Image.Size, fit.Faithfulness(image, texts[k], values));
        }

        request.Progress?.Report(1);
        return explanations;
    }

    private PlayerRegression Regression(CoalitionSample sample, string what, string remedy, CancellationToken cancellationToken) =>
        new(sample, options.P, options.Pairs == FixlipPairs.All, options.Ridge, what, remedy, cancellationToken);
}
