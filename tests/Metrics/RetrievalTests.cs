using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Retrieval;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>Retrieval between images and captions while one side is changed.</summary>
public sealed class RetrievalTests
{
    private static readonly float[] FirstPixelFirst = [3, 2, 1];

    /// <summary>Three images, each with most of the pixel that its caption names, and with a map that finds it.</summary>
    private static MeasuredItem[] Right =>
    [
        CountingModel.Item([1, 0.5f, 0], [3, 2, 1], [1], [1]),
        CountingModel.Item([0, 1, 0.5f], [1, 3, 2], [1], [2]),
        CountingModel.Item([0.5f, 0, 1], [2, 1, 3], [1], [3]),
    ];

    [Fact]
    public async Task An_image_is_not_found_any_more_when_the_pixel_that_its_caption_names_is_gone()
    {
        DeletionRetrievalOptions options = new() { Steps = 3, Share = 1.0 / 3, Fill = FillColor.Black, Gallery = GalleryState.Unchanged };
        PooledResult images = await PoolAsync(new DeletionRetrievalMetric(options), Right);
        MetricResult first = images.Items![0];
        // Of the first image (1, 0.5, 0) the first pixel goes: the third image, (0.5, 0, 1), is more like the caption. Nothing comes after it.
        Assert.Equal(["image-retrieval@1", "text-retrieval@1"], first.Curves.Select(c => c.Name));
        Assert.Equal([1, 0, 0, 0], first.Curves[0].Y);
        // The changed image still has the second pixel, so it finds the second caption; emptied, it is as near to all three.
        AssertEqual([1, 0, 1.0 / 3, 1.0 / 3], first.Curves[1].Y);
        Assert.Equal(1.0 / 6, first.Value, 9);
        Assert.Equal(first.Value, images.Overall.Value, 9);
        Assert.Equal(3, images.Overall.Details["captions"]);

        PooledResult text = await PoolAsync(new DeletionRetrievalMetric(options with { Retrieve = Modality.Text, At = 2 }), Right);
        AssertEqual([1, 0.5, 2.0 / 3, 2.0 / 3], text.Items![0].Curves.Single(c => c.Name == "text-retrieval@2").Y);
        Assert.Equal(text.Items![0].Details["auc text-retrieval@2"], text.Items[0].Value);
    }

    [Fact]
    public async Task In_a_changed_gallery_all_empty_images_are_alike_and_the_orders_of_equals_count_by_their_share()
    {
        InsertionRetrievalOptions options = new() { Steps = 3, Share = 1.0 / 3, At = 2 };
        MetricResult first = (await PoolAsync(new InsertionRetrievalMetric(options), Right)).Items![0];
        AssertEqual([1.0 / 3, 1, 1, 1], first.Curves.Single(c => c.Name == "image-retrieval@1").Y);
        AssertEqual([2.0 / 3, 1, 1, 1], first.Curves.Single(c => c.Name == "image-retrieval@2").Y);
        Assert.Equal((((2.0 / 3) + 1) / 2 / 3) + (2.0 / 3), first.Value, 9);

        // An empty image among full ones is the last: it has nothing of the caption.
        MetricResult alone = (await PoolAsync(new InsertionRetrievalMetric(options with { Gallery = GalleryState.Unchanged }), [.. Right.Select((r, i) => i == 0 ? r with { Map = HostTensor.Of([1f, 3, 2], 1, 3) } : r)])).Items![0];
        Assert.Equal(0, alone.Curves.Single(c => c.Name == "image-retrieval@1").Y[1]);
    }

    [Fact]
    public async Task A_caption_without_its_words_finds_no_image()
    {
        MeasuredItem[] items =
        [
            CountingModel.Item([1, 0.2f, 0], FirstPixelFirst, [0.9f, 0.1f], [1, 2]),
            CountingModel.Item([0, 1, 0.2f], FirstPixelFirst, [0.9f, 0.1f], [2, 3]),
            CountingModel.Item([0.2f, 0, 1], FirstPixelFirst, [0.9f, 0.1f], [3, 1]),
        ];
        PooledResult deleted = await PoolAsync(new TextDeletionRetrievalMetric(new WordRetrievalOptions { Steps = 2 }), items);
        // "1 2" finds the first image, "2" the second one, and without words all are equally far but for their brightness, which is the same.
        AssertEqual([1, 0, 1.0 / 3], deleted.Items![0].Curves.Single(c => c.Name == "image-retrieval@1").Y);
        // Of the captions "2", "3" and "1" that are left, the first image finds the third: that of its own is not the first.
        AssertEqual([1, 0, 1.0 / 3], deleted.Items[0].Curves.Single(c => c.Name == "text-retrieval@1").Y);
        Assert.Equal(1.0 / 3, deleted.Overall.Value, 5);

        PooledResult inserted = await PoolAsync(new TextInsertionRetrievalMetric(new WordRetrievalOptions { Steps = 2 }), items);
        AssertEqual([1.0 / 3, 1, 1], inserted.Items![0].Curves.Single(c => c.Name == "image-retrieval@1").Y);
    }

    [Fact]
    public async Task A_caption_of_several_images_counts_for_each_and_other_captions_of_an_image_count_too()
    {
        MeasuredItem[] items =
        [
            CountingModel.Item([1, 0, 0], FirstPixelFirst, [1], [1], [3, 3, 2]),
            CountingModel.Item([0.9f, 0.1f, 0], FirstPixelFirst, [1], [1]),
            CountingModel.Item([0, 1, 0.5f], FirstPixelFirst, [1], [2]),
            CountingModel.Item([0, 0, 1], FirstPixelFirst, [1], [3]),
        ];
        DeletionRetrievalOptions options = new() { Steps = 1, Share = 1.0 / 3, Fill = FillColor.Black };
        PooledResult pooled = await PoolAsync(new DeletionRetrievalMetric(options), items);
        Assert.Equal((4, 4), ((int)pooled.Overall.Details["images"], (int)pooled.Overall.Details["captions"]));
        // The second image's caption is the first one's as well: it is found by either; two others are left, so that there is a second place to miss.
        Assert.Equal(1, pooled.Items![1].Curves.Single(c => c.Name == "image-retrieval@1").Y[0]);
        // The first image has two captions and the second one: of four, two and three are others.
        PooledResult deep = await PoolAsync(new DeletionRetrievalMetric(options with { At = 3, Retrieve = Modality.Text }), items);
        Assert.Equal([MetricStatus.Undefined, MetricStatus.Measured], deep.Items!.Take(2).Select(i => i.Status));
    }

    [Fact]
    public async Task Too_few_others_other_texts_and_zero_embeddings_have_reasons()
    {
        DeletionRetrievalOptions options = new() { Steps = 3, Share = 1.0 / 3, Fill = FillColor.Black, At = 5 };
        PooledResult few = await PoolAsync(new DeletionRetrievalMetric(options), Right);
        Assert.Equal((MetricStatus.Undefined, 3), (few.Overall.Status, few.Items!.Count(i => i.Status == MetricStatus.Undefined)));
        Assert.Contains("fewer than 5 other images", few.Overall.Reason, StringComparison.Ordinal);

        IMetric metric = new DeletionRetrievalMetric(options with { At = 1 });
        MetricRequest request = new()
        {
            Model = new CountingModel(),
            Items = [Right[0] with { Target = new MatchingScoreTarget(CountingModel.Text(3, 3)) }, Right[0] with { Captions = [] }, Right[1]],
        };
        IReadOnlyList<MetricResult> results = await metric.RunAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("the text of the target is none of the image's captions", results[0].Reason);
        Assert.Equal("the image has no captions", results[1].Reason);
        PooledResult pooled = Pool((IPooledMetric)metric, results);
        Assert.Equal([MetricStatus.NotApplicable, MetricStatus.NotApplicable, MetricStatus.Undefined], pooled.Items!.Select(i => i.Status));
        Assert.Equal(MetricStatus.Undefined, Pool((IPooledMetric)metric, results.Take(2)).Overall.Status);
        Assert.NotNull((await metric.RunAsync(request with { Items = [Right[0] with { Target = new EmbeddingDimensionTarget(0) }] }, TestContext.Current.CancellationToken))[0].Reason);
    }

    [Theory]
    [InlineData(GalleryState.Changed)]
    [InlineData(GalleryState.Unchanged)]
    public void Recalls_are_those_of_sorting_everything(GalleryState state)
    {
        foreach (Modality side in new[] { Modality.Image, Modality.Text })
        {
            RandomPool pool = new(side, images: 40, seed: 7);
            PooledResult found = Pool(new RetrievalPool(new RetrievalQuestion(side, 5, state), side, points => [.. Enumerable.Range(0, points).Select(p => (double)p)]), pool.Items);
            for (int i = 0; i < pool.Items.Count; i++)
            {
                foreach (Modality retrieved in new[] { Modality.Image, Modality.Text })
                {
                    foreach (int depth in new[] { 1, 5, 10 })
                        Assert.Equal(pool.Recalls(i, retrieved, depth, state), found.Items![i].Curves.Single(c => c.Name == RetrievalQuestion.Name(retrieved, depth)).Y);
                }
            }
        }
    }

    [Fact]
    public void Equals_over_the_border_count_by_their_share()
    {
        Assert.Equal(1, new RankCounts(0, 0, 1, 9).Recall(1));
        Assert.Equal(0, new RankCounts(1, 0, 1, 9).Recall(1));
        Assert.Equal(0.5, new RankCounts(4, 1, 1, 9).Recall(5), 12);
        Assert.Equal(1 - (2.0 / 4 * (1.0 / 3)), new RankCounts(3, 2, 2, 9).Recall(5), 12);
        Assert.Equal(1, new RankCounts(0, 3, 1, 9).Recall(10));
    }

    private static async Task<PooledResult> PoolAsync(IPooledMetric metric, MeasuredItem[] items)
    {
        MetricRequest request = new() { Model = new CountingModel(), Items = items, BatchSize = 5 };
        Assert.Null(metric.Refusal(request));
        return Pool(metric, await metric.RunAsync(request, TestContext.Current.CancellationToken));
    }

    private static PooledResult Pool(IPooledMetric metric, IEnumerable<MetricResult> items) => Pool(metric.CreatePool(), items);

    private static PooledResult Pool(IMetricPool pool, IEnumerable<MetricResult> items)
    {
        foreach (MetricResult item in items) pool.Add(item);
        return pool.Finish();
    }

    private static void AssertEqual(double[] expected, IReadOnlyList<double> found)
    {
        Assert.Equal(expected.Length, found.Count);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 9);
    }
}
