using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;
using Pellucid.Plugins.Metrics.Text;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>Embeddings of images and of their captions with some of the words.</summary>
internal static class WordRetrieval
{
    /// <summary>Measures.</summary>
    /// <param name="request">The items.</param>
    /// <param name="keep">Words that are kept at each step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, Func<RankedWords, int[][]> keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        float[][][] images = await RetrievalState.EmbedImagesAsync(request, _ => new ChangedImages(0, (_, _) => { }, Cumulative: true), cancellationToken);
        int[][][] positions = [.. request.Items.Select(item =>
        {
            RankedWords words = new(item.Words!);
            return words.Count == 0 ? [] : keep(words).Select(k => words.Positions(k)).ToArray();
        })];
        float[][][] texts = [.. positions.Select(p => new float[p.Length][])];
        await ShortenedTexts.EmbedAsync(
            request, positions,
            (item, step, embedding) =>
            {
                texts[item][step] = embedding.Floats.ToArray();
                return Task.CompletedTask;
            },
            cancellationToken);
        return [.. request.Items.Select((item, i) => texts[i].Length == 0 ? MetricResult.Undefined("the text has no words") : RetrievalState.Of(item, images[i][0], texts[i]))];
    }

    /// <summary>Where the steps lie on the curve.</summary>
    public static IReadOnlyList<double> X(int points) => [.. Enumerable.Range(0, points).Select(p => (double)p)];
}
