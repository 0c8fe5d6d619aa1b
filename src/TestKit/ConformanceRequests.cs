using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

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
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(texts);
        TokenizedText[] tokens = [.. texts.Select(model.Tokenizer.Tokenize)];
        HostTensor ids = HostTensor.Of([.. tokens.SelectMany(t => t.Ids)], tokens.Length, tokens[0].Ids.Count);
        HostTensor embeddings = await model.EmbedTextsAsync(ids, cancellationToken);
        return new ExplanationRequest
        {
            Model = model,
            Image = model.Prepare(image),
            Targets = [.. tokens.Select((t, i) => new MatchingScoreTarget(new TextInput(t, embeddings.Rows(i, 1).Reshape(-1)), score))],
            Seed = seed,
        };
    }
}
