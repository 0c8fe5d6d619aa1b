using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Faithfulness;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class EvaluationQueueTests
{
    [Fact]
    public async Task Images_of_all_callers_share_full_batches_in_order()
    {
        BrightnessModel model = new();
        EvaluationQueue queue = new(model, batchSize: 4);
        List<float> received = [];
        for (int i = 0; i < 10; i++)
        {
            float[] image = [.. Enumerable.Repeat(i / 10f, 16)];
            await queue.AddAsync(image, new TensorShape(1, 4, 4), e => received.Add(e[0]));
            Array.Clear(image);
        }

        await queue.FlushAsync();
        await queue.FlushAsync();
        Assert.Equal([4, 4, 2], model.Batches);
        Assert.Equal(10, queue.Evaluated);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i / 10f), received, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public async Task Images_of_another_size_are_a_batch_of_their_own()
    {
        BrightnessModel model = new();
        EvaluationQueue queue = new(model, batchSize: 4);
        int received = 0;
        await queue.AddAsync(new float[16], new TensorShape(1, 4, 4), _ => received++);
        await queue.AddAsync(new float[32], new TensorShape(1, 8, 4), _ => received++);
        await queue.AddAsync(new float[32], new TensorShape(1, 1, 8, 4), _ => received++);
        await queue.FlushAsync();
        Assert.Equal([1, 2], model.Batches);
        Assert.Equal(3, received);
    }

    [Fact]
    public async Task An_image_that_does_not_fit_its_shape_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => new EvaluationQueue(new BrightnessModel()).AddAsync(new float[15], new TensorShape(1, 4, 4), _ => { }));

    [Fact]
    public async Task Steps_and_images_of_a_metric_fill_batches_together()
    {
        BrightnessModel model = new();
        MeasuredItem[] items = [.. Enumerable.Range(0, 16).Select(i => Scenes.Item(Scenes.Right, 1 - (0.01f * i)))];
        await new DeletionMetric(new DeletionOptions { Steps = 10, Share = 0.1 }).RunAsync(Scenes.Request(model, items), TestContext.Current.CancellationToken);
        // 16 images with 11 points each, 8 a run.
        Assert.Equal(Enumerable.Repeat(8L, 22), model.Batches);
    }

    [Fact]
    public async Task Cancelling_stops_the_work()
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new InsertionMetric(new InsertionOptions()).RunAsync(Scenes.Request(new BrightnessModel(), Scenes.Item(Scenes.Right)), source.Token));
    }
}
