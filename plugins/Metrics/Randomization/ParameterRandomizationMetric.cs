using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>
/// What the tests share that randomize the image encoder layer after layer and compare maps (Adebayo et al. 2018, Sanity checks for saliency maps, section 3.1). In [-1, 1], lower is better: a map should
/// depend on what the model has learned. The curve holds the similarity after each step, details the same by layer and <c>original</c>. Undefined where no map has a similarity.
/// Draws: <c>weight:name</c>, weights to put in, taken from the first image.
/// </summary>
/// <param name="options">Options.</param>
public abstract class ParameterRandomizationMetric(ParameterRandomizationOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Randomization,
        Direction = MetricDirection.Lower,
        Needs = MetricNeeds.Map | MetricNeeds.Explainer | MetricNeeds.EditableModel,
        Minimum = -1,
        Maximum = 1,
        BatchDependence = MapScaling.Dependence(options.Normalize),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        MetricResult[] results = new MetricResult[request.Items.Count];
        foreach (IGrouping<ImageSize, int> size in Enumerable.Range(0, results.Length).GroupBy(i => request.Items[i].Image.Size))
        {
            int[] rows = [.. size];
            MetricResult[] measured = await MeasureAsync(request with { Items = [.. rows.Select(i => request.Items[i])] }, size.Key, cancellationToken);
            for (int k = 0; k < rows.Length; k++) results[rows[k]] = measured[k];
        }

        return results;
    }

    /// <summary>Maps of a model, one an item.</summary>
    /// <param name="request">The items.</param>
    /// <param name="model">The model, or null for the one that the items were explained with.</param>
    /// <param name="step">Number of the step; 0 for the model itself.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    private protected abstract Task<float[][]> MapsAsync(MetricRequest request, IVisionLanguageModel? model, int step, CancellationToken cancellationToken);

    /// <summary>Whether randomized maps are compared with those that <see cref="MapsAsync"/> gives for the model itself, instead of the items' own.</summary>
    private protected abstract bool ComparesWithOwn { get; }

    private async Task<MetricResult[]> MeasureAsync(MetricRequest request, ImageSize size, CancellationToken cancellationToken)
    {
        LayerRandomization randomization = new((IEditableModel)request.Model, size, options, request.Items[0].Draws);
        string[] layers = [.. options.Order == LayerOrder.TopDown ? randomization.Layers.Reverse() : randomization.Layers];
        float[][] original = MapComparison.Scaled(await MapsAsync(request, null, 0, cancellationToken), options);
        float[][] reference = ComparesWithOwn ? original : MapComparison.Scaled(MapComparison.Own(request), options);
        List<(string Name, int Layers, double[] Values)> steps = [("original", 0, Similarities(request, reference, original))];
        for (int k = options.OnlyLast ? layers.Length - 1 : 0; k < layers.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IEditableModel model = randomization.With(options.Order == LayerOrder.Independent ? [layers[k]] : layers[..(k + 1)]);
            float[][] maps = MapComparison.Scaled(await MapsAsync(request, model, steps.Count, cancellationToken), options);
            steps.Add((layers[k], k + 1, Similarities(request, reference, maps)));
            request.Progress?.Report((k + 1.0) / layers.Length);
        }

        return [.. request.Items.Select((_, i) => Result(steps, i, layers.Length))];
    }

    private double[] Similarities(MetricRequest request, float[][] reference, float[][] maps) =>
        [.. request.Items.Select((item, i) => MapComparison.Similarity(options.Similarity, reference[i], maps[i], item.Map!.Shape))];

    private MetricResult Result(List<(string Name, int Layers, double[] Values)> steps, int item, int layers)
    {
        (double X, double Y)[] points = [.. steps.Select(s => ((double)s.Layers / layers, s.Values[item])).Where(p => double.IsFinite(p.Item2))];
        double[] counted = [.. points.Where(p => p.X > 0 || options.Compat == Compatibility.Quantus).Select(p => p.Y)];
        double value = options.Value == RandomizedValue.Last ? steps[^1].Values[item] : counted.Length > 0 ? counted.Average() : double.NaN;
        return MetricResult.OfOrUndefined(value, MapComparison.Constant) with
        {
            Curves = [new MetricCurve("similarity", [.. points.Select(p => p.X)], [.. points.Select(p => p.Y)])],
            Details = steps.ToDictionary(s => s.Name, s => s.Values[item], StringComparer.Ordinal),
        };
    }
}
