using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Interactions;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class InteractionMetricTests
{
    private static readonly InteractionStepOptions Quarters = new() { Cells = 2, Steps = 6 };

    [Fact]
    public async Task Deletion_takes_what_interacts_most_with_what_is_left()
    {
        MetricResult result = await MeasureAsync(new InteractionDeletionMetric(Quarters), Item());

        // The cell of the first word, then that of the second: the words alone are worth nothing.
        Assert.Equal([5, 1, 0, 0, 0, 0, 0], result.Curves[0].Y);
        Assert.Equal(3.5 / 6, result.Value, 1e-12);
        Assert.Equal(1, result.Curves[0].X[^1]);
    }

    [Fact]
    public async Task Insertion_ends_with_what_interacts_least()
    {
        MetricResult result = await MeasureAsync(new InteractionInsertionMetric(Quarters), Item());
        Assert.Equal([0, 0, 4, 4, 5, 5, 5], result.Curves[0].Y);
        Assert.Equal(20.5 / 6, result.Value, 1e-12);
    }

    [Fact]
    public async Task Steps_share_the_players_and_finer_maps_are_summed_in_the_cells()
    {
        MetricResult three = await MeasureAsync(new InteractionInsertionMetric(Quarters with { Steps = 3 }), Item());
        Assert.Equal([0, 4, 5, 5], three.Curves[0].Y);
        Assert.Equal(11.5 / 3, three.Value, 1e-12);
        float[] fine = new float[32];
        (fine[5], fine[16 + 15]) = (16, 4);
        MetricResult many = await MeasureAsync(new InteractionInsertionMetric(Quarters with { Steps = 99 }), Item() with { WordMaps = HostTensor.Of(fine, 2, 4, 4) });
        Assert.Equal([0, 0, 4, 4, 5, 5, 5], many.Curves[0].Y);
    }

    [Fact]
    public async Task A_wrong_map_is_seen()
    {
        MeasuredItem swapped = Item() with { WordMaps = HostTensor.Of([0f, 0, 0, 4, 1, 0, 0, 0], 2, 2, 2) };
        Assert.True((await MeasureAsync(new InteractionInsertionMetric(Quarters), swapped)).Value < 20.5 / 6);
        Assert.True((await MeasureAsync(new InteractionDeletionMetric(Quarters), swapped)).Value > 3.5 / 6);
    }

    [Fact]
    public async Task What_stands_in_the_place_of_cells_counts()
    {
        // The mean of an image of ones is 1: cells that are removed look as they did, only the words go, and last.
        MetricResult result = await MeasureAsync(new InteractionDeletionMetric(Quarters with { Fill = FillColor.Mean }), Item());
        Assert.Equal([5, 5, 5, 5, 5, 1, 0], result.Curves[0].Y);
    }

    [Fact]
    public async Task Items_share_batches_and_do_not_change_each_other()
    {
        var model = new PairModel();
        MeasuredItem other = Item() with { WordMaps = HostTensor.Of([0f, 0, 0, 4, 1, 0, 0, 0], 2, 2, 2) };
        InteractionDeletionMetric metric = new(Quarters);
        IReadOnlyList<MetricResult> both = await metric.RunAsync(new MetricRequest { Model = model, Items = [Item(), other], BatchSize = 7 }, TestContext.Current.CancellationToken);
        Assert.Equal([7L, 7], model.ImageBatches);
        Assert.Equal([7L, 7], model.TextBatches);
        Assert.Equal((await MeasureAsync(metric, Item())).Value, both[0].Value);
        Assert.Equal((await MeasureAsync(metric, other)).Value, both[1].Value);
    }

    [Fact]
    public async Task Without_maps_of_words_it_does_not_apply()
    {
        InteractionDeletionMetric metric = new(Quarters);
        await RefusedAsync(Item() with { WordMaps = null }, "no map for each word");
        await RefusedAsync(Item() with { Words = null }, "no importances of words");
        await RefusedAsync(Item() with { WordMaps = HostTensor.Of(new float[12], 3, 2, 2) }, "the text has 2 words");
        await RefusedAsync(Item() with { WordMaps = HostTensor.Of([float.NaN, 0, 0, 0, 0, 0, 0, 0], 2, 2, 2) }, "not finite");
        await RefusedAsync(Item() with { Target = new EmbeddingDimensionTarget(0) }, "no score with one text");

        async Task RefusedAsync(MeasuredItem item, string reason)
        {
            MetricResult result = await MeasureAsync(metric, item);
            Assert.Equal(MetricStatus.NotApplicable, result.Status);
            Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_item_of_an_explanation_has_its_maps_of_words()
    {
        MeasuredItem item = Item();
        MeasuredItem made = MeasuredItem.Of(item.Image, new Explanation
        {
            Target = item.Target,
            Score = 5,
            ExplainedScore = 5,
            ExplainedFunction = "the served model",
            Text = item.Words,
            Details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [Explanation.InteractionsDetail] = item.WordMaps! },
        });
        Assert.Same(item.WordMaps, made.WordMaps);
        Assert.Null(made.Unusable(MetricNeeds.WordMaps));
    }

    private static async Task<MetricResult> MeasureAsync(IMetric metric, MeasuredItem item) =>
        (await metric.RunAsync(new MetricRequest { Model = new PairModel(), Items = [item] }, TestContext.Current.CancellationToken))[0];

    /// <summary>An image of ones in 2 x 2 cells; the first word is worth 4 with the first cell, the second 1 with the last.</summary>
    private static MeasuredItem Item()
    {
        long[] ids = [1, 10, 11, 2, 0];
        TokenizedText text = new("a b", ids, 4, [], [new TextWord("a", 1, 1), new TextWord("b", 2, 1)], Truncated: false, 4);
        return new MeasuredItem
        {
            Name = "item",
            Image = new ImageInput(HostTensor.Of([.. Enumerable.Repeat(1f, 16)], 1, 1, 4, 4), ImageGeometry.Identity(4, 4), "item", string.Empty),
            Target = new MatchingScoreTarget(new TextInput(text, HostTensor.Of([4f, 0, 0, 1], 4))),
            Words = new TokenAttribution { Tokens = text, Importances = [0.8f, 0.2f], Signed = [0, 4, 1, 0, 0] },
            WordMaps = HostTensor.Of([4f, 0, 0, 0, 0, 0, 0, 1], 2, 2, 2),
        };
    }

    /// <summary>The score is 4 x (first cell) (first word is there) + (last cell) (second word is there).</summary>
    private sealed class PairModel : IVisionLanguageModel, IFusionRule
    {
        public List<long> ImageBatches { get; } = [];

        public List<long> TextBatches { get; } = [];

        public ModelDescription Description { get; } = new("pair", "test", "test", 4, new ImageSize(4, 4), 1, 5, 1, 0, "hash", []);

        public ModelCapabilities Capabilities => ModelCapabilities.Evaluate;

        public ITokenizer Tokenizer => throw new NotSupportedException("the model has no tokenizer");

        public IFusionRule Fusion => this;

        public string Name => "product";

        public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model) => throw new NotSupportedException("a test brings its own image");

        public Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default)
        {
            ImageBatches.Add(pixels.Shape[0]);
            float[] embeds = [.. Enumerable.Range(0, (int)pixels.Shape[0]).SelectMany(b => new[] { 0, 2, 8, 10 }.Select(at => pixels.Floats[(b * 16) + at]))];
            return Task.FromResult(HostTensor.Of(embeds, pixels.Shape[0], 4));
        }

        public Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default)
        {
            TextBatches.Add(ids.Shape[0]);
            int length = (int)ids.Shape[1];
            float[] embeds = [.. Enumerable.Range(0, (int)ids.Shape[0]).SelectMany(b =>
            {
                long[] row = ids.Int64s.Slice(b * length, length).ToArray();
                return new[] { row.Contains(10) ? 4f : 0, 0, 0, row.Contains(11) ? 1f : 0 };
            })];
            return Task.FromResult(HostTensor.Of(embeds, ids.Shape[0], 4));
        }

        public double Score(ReadOnlySpan<float> imageEmbedding, ReadOnlySpan<float> textEmbedding, ScoreKind kind)
        {
            double sum = 0;
            for (int e = 0; e < 4; e++) sum += imageEmbedding[e] * textEmbedding[e];
            return sum;
        }

        public Value Score(GraphBuilder g, Value imageEmbeds, Value textEmbeds, ScoreKind kind) => throw new NotSupportedException("a test evaluates alone");

        public float[] DimensionWeights(ReadOnlySpan<float> textEmbedding) => textEmbedding.ToArray();
    }
}
