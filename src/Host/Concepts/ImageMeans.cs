using Pellucid.Host.Statistics;

namespace Pellucid.Host.Concepts;

/// <summary>Values by image: those of one image are not independent, so that their mean is one observation.</summary>
internal sealed class ImageMeans
{
    private readonly SortedDictionary<string, List<double>> _values = new(StringComparer.Ordinal);

    /// <summary>Number of values.</summary>
    public int Count => _values.Values.Sum(v => v.Count);

    /// <summary>Number of images.</summary>
    public int Images => _values.Count;

    /// <summary>Takes a value.</summary>
    public void Add(string image, double value)
    {
        if (!_values.TryGetValue(image, out List<double>? list)) _values[image] = list = [];
        list.Add(value);
    }

    /// <summary>Mean over images with its interval; null where there is no value.</summary>
    public MeanEstimate? Estimate(ulong seed) => Images == 0 ? null : Bootstrap.Mean([.. _values.Values.Select(v => v.Average())], seed);

    /// <summary>The same as text; "none" where there is no value.</summary>
    public string Describe(ulong seed)
    {
        if (Estimate(seed) is not { } mean) return "none";
        return mean.Interval is { } interval ? $"{mean.Mean:F3} [{interval.Low:F3}, {interval.High:F3}]" : $"{mean.Mean:F3}";
    }

    /// <summary>What these differ by from others on the images that have both; null where none has.</summary>
    public PairedDifference? Less(ImageMeans other, ulong seed)
    {
        string[] both = [.. _values.Keys.Where(other._values.ContainsKey)];
        return both.Length == 0 ? null : PairedDifference.Of([.. both.Select(k => _values[k].Average())], [.. both.Select(k => other._values[k].Average())], seed);
    }

    /// <summary>What these differ by from one number; null where there is no value.</summary>
    public PairedDifference? Less(double number, ulong seed)
    {
        if (Images == 0) return null;
        double[] means = [.. _values.Values.Select(v => v.Average())];
        return PairedDifference.Of(means, [.. Enumerable.Repeat(number, means.Length)], seed);
    }
}
