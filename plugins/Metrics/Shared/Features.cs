using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>The attribution of one item as numbers of its features, and where the features lie in the image.</summary>
internal sealed class Features
{
    private readonly int _channels;
    private readonly int _area;
    private readonly bool _perElement;

    private Features(MeasuredItem item, FeatureKind kind, bool absolute)
    {
        Item = item;
        _channels = (int)item.Image.Pixels.Shape[1];
        _area = item.Image.Pixels.Length / _channels;
        _perElement = kind == FeatureKind.Elements;
        Values = _perElement ? OfElements(item) : item.Map!.Floats.ToArray();
        if (absolute) TensorPrimitives.Abs(Values, Values);
    }

    /// <summary>The item.</summary>
    public MeasuredItem Item { get; }

    /// <summary>Attribution of every feature.</summary>
    public float[] Values { get; }

    /// <summary>Number of features.</summary>
    public int Count => Values.Length;

    /// <summary>Attributions of all items of a request.</summary>
    public static Features[] Of(MetricRequest request, FeatureKind kind, bool absolute, MapNormalization normalization = MapNormalization.None) =>
        Of(request, _ => kind, absolute, normalization);

    /// <summary>Attributions of all items of a request, of a kind that each item decides for itself.</summary>
    public static Features[] Of(MetricRequest request, Func<MeasuredItem, FeatureKind> kind, bool absolute, MapNormalization normalization)
    {
        Features[] features = [.. request.Items.Select(i => new Features(i, kind(i), absolute))];
        MapScaling.Apply([.. features.Select(f => f.Values)], normalization);
        return features;
    }

    /// <summary>Features in the order of their values; ties by place. A stored order <c>order</c> [features] is replayed.</summary>
    /// <param name="descending">Largest first.</param>
    public int[] Order(bool descending = true)
    {
        if (Item.Draws?.GetValueOrDefault("order") is { } stored)
        {
            int[] order = [.. stored.ToFloat32().Floats.ToArray().Select(v => (int)v)];
            if (order.Length != Count || order.Distinct().Count() != Count || order.Min() != 0 || order.Max() != Count - 1)
                throw new PellucidException($"the order to replay is {stored.Shape}; each of the {Count} features once is needed");
            return order;
        }

        return Ranking.Of(Values, descending);
    }

    /// <summary>Places of the values of features in the image, C x H x W.</summary>
    public int[] Elements(ReadOnlySpan<int> features)
    {
        if (_perElement) return features.ToArray();
        int[] elements = new int[features.Length * _channels];
        for (int i = 0; i < features.Length; i++)
        {
            for (int c = 0; c < _channels; c++) elements[(c * features.Length) + i] = (c * _area) + features[i];
        }

        return elements;
    }

    /// <summary>Sum of the attribution of features.</summary>
    public double Sum(ReadOnlySpan<int> features)
    {
        double sum = 0;
        foreach (int f in features) sum += Values[f];
        return sum;
    }

    /// <summary>The attribution of every value of the image: its own where the explainer gives it, else that of its pixel.</summary>
    public static float[] OfElements(MeasuredItem item)
    {
        if (item.Elements is { } elements && elements.Length == item.Image.Pixels.Length) return elements.Floats.ToArray();
        int area = item.Map!.Length;
        float[] values = new float[item.Image.Pixels.Length];
        for (int start = 0; start < values.Length; start += area) item.Map.Floats.CopyTo(values.AsSpan(start));
        return values;
    }
}
