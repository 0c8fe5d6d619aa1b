using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;

namespace Pellucid.TestKit;

/// <summary>Makes the requests that explainers are checked with.</summary>
public static class ConformanceRequests
{
    /// <summary>A request to explain how well an image matches texts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="image">The image.</param>
    /// <param name="texts">At least one text; two or more let the checks compare one run for all with runs for each.</param>
    /// <param name="score">Which form of the score.</param>
    /// <param name="seed">Seed of random draws.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<ExplanationRequest> MatchingScoresAsync(
        IVisionLanguageModel model, DecodedImage image, IReadOnlyList<string> texts,
        ScoreKind score = ScoreKind.Cosine, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<TextInput> inputs = await model.PrepareTextsAsync(texts, cancellationToken);
        return new ExplanationRequest
        {
            Model = model,
            Image = model.Prepare(image),
            Targets = [.. inputs.Select(t => new MatchingScoreTarget(t, score))],
            Seed = seed,
        };
    }
}
