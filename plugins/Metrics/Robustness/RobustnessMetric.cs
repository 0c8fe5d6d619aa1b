using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// What metrics share that explain changed images and compare with the explanation of the image itself. Changed images of all items and steps go through the explainer in full batches,
/// step by step, so that memory holds the images of a step and a batch. Lower is better.
/// </summary>
/// <param name="options">Options.</param>
public abstract class RobustnessMetric(RobustnessOptions options) : IMetric
{
    /// <inheritdoc/>
    public virtual MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Robustness,
        Direction = MetricDirection.Lower,
        Needs = MetricNeeds.Map | MetricNeeds.Explainer | (options.OnChange == PredictionChange.Keep ? MetricNeeds.None : MetricNeeds.Evaluations | MetricNeeds.Candidates),
        Minimum = 0,
        BatchDependence = MapScaling.Dependence(options.Normalize),
    };

    /// <summary>Why there is no value where no changed image gives one.</summary>
    private protected virtual string Nothing => "no changed image can be compared: the attribution is zero everywhere, or nothing was changed";

    /// <summary>Whether logits are compared.</summary>
    private protected virtual bool ComparesLogits => false;

    /// <inheritdoc/>
    public virtual string? Refusal(MetricRequest request) => null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<MeasuredItem> items = request.Items;
        ExplainedView[] before = await BeforeAsync(request, cancellationToken);
        List<double>[] values = [.. items.Select(_ => new List<double>())];
        int[] changed = new int[items.Count], count = [.. items.Select(Count)];
        int total = count.Sum(), done = 0;
        List<(int Step, int Item, ExplainedView View)> waiting = [];
        IEnumerable<(int Step, int Item)> order = from step in Enumerable.Range(0, count.Max()) from item in Enumerable.Range(0, items.Count) where step < count[item] select (step, item);
        foreach ((int Step, int Item)[] chunk in order.Chunk(request.BatchSize))
        {
            float[][] pixels = [.. chunk.Select(c => Changed(request, c.Item, c.Step))];
            ExplainedView[] views = await ViewsAsync(request, [.. chunk.Select(c => c.Item)], pixels, null, cancellationToken);
            waiting.AddRange(chunk.Select((c, k) => (c.Step, c.Item, views[k])));
            done += chunk.Length;
            int complete = done == total ? int.MaxValue : chunk[^1].Step;
            foreach (IGrouping<int, (int Step, int Item, ExplainedView View)> step in waiting.Where(w => w.Step < complete).GroupBy(w => w.Step)) Compare([.. step], request, before, values, changed);
            waiting.RemoveAll(w => w.Step < complete);
            request.Progress?.Report((double)done / total);
        }

        return [.. values.Select((v, i) => Result(v, changed[i], count[i]))];
    }

    /// <summary>Number of changed images of an item.</summary>
    private protected abstract int Count(MeasuredItem item);

    /// <summary>Changes an image.</summary>
    /// <param name="request">The request.</param>
    /// <param name="item">The item.</param>
    /// <param name="step">Number of the change.</param>
    /// <param name="pixels">C x H x W values of the image, to be changed.</param>
    private protected abstract void Change(MetricRequest request, MeasuredItem item, int step, float[] pixels);

    /// <summary>Compares an image with a changed one; NaN where they cannot be compared.</summary>
    private protected abstract double Compare(ExplainedView before, ExplainedView after);

    /// <summary>One number of those of all changed images.</summary>
    private protected virtual double Reduce(IReadOnlyList<double> values) => values.Max();

    /// <summary>The numbers of an explanation that are compared.</summary>
    private protected virtual HostTensor AttributionOf(MeasuredItem item) => item.Map ?? throw new PellucidException("the explanation of a changed image has no map");

    /// <summary>What the model makes of images, a row an image; null where nobody asks.</summary>
    private protected virtual Task<HostTensor?> RepresentAsync(IVisionLanguageModel model, HostTensor pixels, HostTensor embeds, CancellationToken cancellationToken) => Task.FromResult<HostTensor?>(null);

    /// <summary>Whether <see cref="RepresentAsync"/> gives something.</summary>
    private protected virtual bool ComparesRepresentations => false;

    private bool Watches => ComparesLogits || ComparesRepresentations || options.OnChange != PredictionChange.Keep;

    private float[] Changed(MetricRequest request, int item, int step)
    {
        float[] pixels = request.Items[item].Image.Pixels.Floats.ToArray();
        Change(request, request.Items[item], step, pixels);
        return pixels;
    }

    private async Task<ExplainedView[]> BeforeAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        float[][] maps = [.. request.Items.Select(i => AttributionOf(i).Floats.ToArray())];
        List<ExplainedView> views = [];
        foreach (int[] chunk in Enumerable.Range(0, maps.Length).Chunk(request.BatchSize))
            views.AddRange(await ViewsAsync(request, chunk, [.. chunk.Select(i => request.Items[i].Image.Pixels.Floats.ToArray())], [.. chunk.Select(i => maps[i])], cancellationToken));
        Scale([.. views]);
        return [.. views];
    }

    private void Compare((int Step, int Item, ExplainedView View)[] step, MetricRequest request, ExplainedView[] before, List<double>[] values, int[] changed)
    {
        Scale([.. step.Select(s => s.View)]);
        foreach ((_, int item, ExplainedView view) in step)
        {
            bool other = Watches && request.Items[item].Candidates is not null && CandidateTexts.Best(view.Logits!) != CandidateTexts.Best(before[item].Logits!);
            if (other) changed[item]++;
            if (other && options.OnChange != PredictionChange.Keep) continue;
            double value = Compare(before[item], view);
            if (!double.IsNaN(value)) values[item].Add(value);
        }
    }

    private void Scale(ExplainedView[] views)
    {
        MapScaling.Apply([.. views.Select(v => v.Map)], options.Normalize);
        if (options.Abs) foreach (ExplainedView view in views) TensorPrimitives.Abs(view.Map, view.Map);
    }

    private MetricResult Result(List<double> values, int changed, int count)
    {
        if (changed > 0 && options.OnChange == PredictionChange.Undefined) return MetricResult.Undefined("a changed image has another prediction");
        if (values.Count == 0) return MetricResult.Undefined(changed == count ? "all changed images have another prediction" : Nothing);
        MetricResult result = MetricResult.OfOrUndefined(Reduce(values), Nothing);
        return Watches ? result with { Details = new Dictionary<string, double>(StringComparer.Ordinal) { ["changed-predictions"] = changed } } : result;
    }

    /// <summary>Explains and evaluates images; consecutive ones of one size together.</summary>
    private async Task<ExplainedView[]> ViewsAsync(MetricRequest request, int[] items, float[][] pixels, float[][]? maps, CancellationToken cancellationToken)
    {
        ExplainedView[] views = new ExplainedView[items.Length];
        for (int start = 0; start < items.Length;)
        {
            TensorShape shape = request.Items[items[start]].Image.Pixels.Shape;
            int end = start;
            while (end < items.Length && request.Items[items[end]].Image.Pixels.Shape.Equals(shape)) end++;
            int[] rows = items[start..end];
            float[][] images = pixels[start..end], explained = maps is null ? await MapsAsync(request, rows, images, cancellationToken) : maps[start..end];
            (double[]?[] logits, float[]?[] representations) = await WatchAsync(request, rows, images, cancellationToken);
            for (int k = 0; k < rows.Length; k++) views[start + k] = new ExplainedView(images[k], explained[k], logits[k], representations[k]);
            start = end;
        }

        return views;
    }

    private async Task<float[][]> MapsAsync(MetricRequest request, int[] items, float[][] images, CancellationToken cancellationToken)
    {
        List<float[]> maps = [];
        IEnumerable<ExplanationRequest> requests = items.Select((i, k) =>
        {
            MeasuredItem item = request.Items[i];
            ImageInput image = item.Image with { Pixels = HostTensor.Of(images[k], item.Image.Pixels.Shape) };
            return new ExplanationRequest { Model = request.Model, Image = image, Targets = [item.Target], Seed = item.Seed, ExplainText = false };
        });
        await foreach (IReadOnlyList<Explanation> explanations in request.Explainer!.ExplainEachAsync(requests, request.BatchSize, cancellationToken))
            maps.Add(AttributionOf(MeasuredItem.Of(request.Items[items[maps.Count]].Image, explanations[0])).Floats.ToArray());
        return [.. maps];
    }

    private async Task<(double[]?[] Logits, float[]?[] Representations)> WatchAsync(MetricRequest request, int[] items, float[][] images, CancellationToken cancellationToken)
    {
        double[]?[] logits = new double[]?[items.Length];
        float[]?[] representations = new float[]?[items.Length];
        if (!Watches) return (logits, representations);
        HostTensor batch = HostTensor.Of([.. images.SelectMany(i => i)], new TensorShape([items.Length, .. request.Items[items[0]].Image.Pixels.Shape.Skip(1)]));
        HostTensor embeds = await request.Model.EmbedImagesAsync(batch, cancellationToken);
        if (!TensorPrimitives.IsFiniteAll<float>(embeds.Floats)) throw new PellucidException("the embedding of a changed image is not finite: the model's weights or the image are unusable");
        HostTensor? represented = ComparesRepresentations ? await RepresentAsync(request.Model, batch, embeds, cancellationToken) : null;
        for (int k = 0; k < items.Length; k++)
        {
            logits[k] = request.Items[items[k]].Candidates?.Logits(request.Model.Fusion, Row(embeds, k, items.Length));
            if (represented is not null) representations[k] = Row(represented, k, items.Length).ToArray();
        }

        return (logits, representations);
    }

    private static ReadOnlySpan<float> Row(HostTensor rows, int row, int count) => rows.Floats.Slice(row * (rows.Length / count), rows.Length / count);
}
