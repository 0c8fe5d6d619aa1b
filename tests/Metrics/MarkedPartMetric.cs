using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>Options of <see cref="MarkedPartMetric"/>.</summary>
public sealed record MarkedPartOptions
{
    /// <summary>Share of the pixels that are kept.</summary>
    [Description("share of the pixels that are kept, highest values first"), Range(0.001, 1.0)]
    public double Share { get; init; } = 0.2;
}

/// <summary>The target's value when only the marked part of the image is left.</summary>
/// <param name="options">Options.</param>
public sealed class MarkedPartMetric(MarkedPartOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | MetricNeeds.Evaluations,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        MetricResult[] results = new MetricResult[request.Items.Count];
        HostTensor[] embeddings = new HostTensor[request.Items.Count];
        EvaluationQueue queue = new(request.Model, request.BatchSize, cancellationToken);
        for (int i = 0; i < request.Items.Count; i++)
        {
            int item = i;
            await queue.AddAsync(Keep(request.Items[i]), request.Items[i].Image.Pixels.Shape, e => embeddings[item] = HostTensor.Of(e.ToArray(), 1, e.Length));
        }

        await queue.FlushAsync();
        for (int i = 0; i < results.Length; i++)
        {
            HostTensor value = await request.Model.EvaluateEmbeddingsAsync(embeddings[i], [request.Items[i].Target], cancellationToken);
            bool constant = !request.Items[i].Map!.Floats.ContainsAnyExcept(request.Items[i].Map!.Floats[0]);
            results[i] = constant ? MetricResult.Undefined("the map is constant: it marks nothing") : MetricResult.Of(value.Floats[0]);
        }

        return results;
    }

    private float[] Keep(MeasuredItem item)
    {
        float[] map = item.Map!.Floats.ToArray(), pixels = item.Image.Pixels.Floats.ToArray();
        IEnumerable<int> removed = Enumerable.Range(0, map.Length).OrderByDescending(p => map[p]).Skip((int)(options.Share * map.Length));
        foreach (int p in removed)
        {
            for (int e = p; e < pixels.Length; e += map.Length) pixels[e] = 0;
        }

        return pixels;
    }
}

/// <summary>Registers the metric.</summary>
public sealed class MarkedPartPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddMetric<MarkedPartMetric, MarkedPartOptions>(
        "marked-part", "Value of the target when only the marked part of the image is left", "this page");
}
