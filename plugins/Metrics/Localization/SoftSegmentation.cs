using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>A map read as a segmentation: scaled to [0, 1], foreground where it is above its mean (Chefer et al. 2021, Transformer interpretability, section 4). A constant map is all background.</summary>
internal sealed class SoftSegmentation
{
    private SoftSegmentation(long[] counts, double threshold, double averagePrecision, double foregroundPrecision) =>
        (Counts, Threshold, AveragePrecision, ForegroundPrecision) = (counts, threshold, averagePrecision, foregroundPrecision);

    /// <summary>Intersections of prediction and truth (background, foreground), their unions, and the number of pixels.</summary>
    public long[] Counts { get; }

    /// <summary>Mean of the scaled map; NaN for a constant map.</summary>
    public double Threshold { get; }

    /// <summary>Average precision of both classes pooled.</summary>
    public double AveragePrecision { get; }

    /// <summary>Average precision of the foreground; NaN where there is none.</summary>
    public double ForegroundPrecision { get; }

    /// <summary>Share of pixels with the right class.</summary>
    public double PixelAccuracy => PixelAccuracyOf(Counts);

    /// <summary>Intersection over union of the foreground.</summary>
    public double ForegroundIou => IouOf(Counts, foreground: true);

    /// <summary>Mean of the intersections over union of background and foreground.</summary>
    public double MeanIou => MeanIouOf(Counts);

    /// <summary>F1 of the foreground.</summary>
    public double F1 => Counts[1] == 0 ? 0 : 2.0 * Counts[1] / (Counts[1] + Counts[3]);

    /// <summary>Segments.</summary>
    public static SoftSegmentation Of(ReadOnlySpan<float> map, bool[] region)
    {
        float lowest = TensorPrimitives.Min(map), range = TensorPrimitives.Max(map) - lowest;
        float[] scaled = new float[map.Length];
        if (range > 0) for (int i = 0; i < scaled.Length; i++) scaled[i] = (map[i] - lowest) / range;
        double mean = 0;
        foreach (float v in scaled) mean += v;
        mean /= scaled.Length;
        long[] counts = new long[5];
        for (int i = 0; i < scaled.Length; i++)
        {
            bool predicted = scaled[i] > mean;
            if (predicted == region[i]) counts[region[i] ? 1 : 0]++;
            if (!predicted || !region[i]) counts[2]++;
            if (predicted || region[i]) counts[3]++;
        }

        counts[4] = scaled.Length;
        // Of a constant map neither class is more likely anywhere.
        float[] background = range > 0 ? [.. scaled.Select(v => 1 - v)] : scaled;
        bool[] both = [.. region.Select(r => !r), .. region];
        return new SoftSegmentation(counts, range > 0 ? mean : double.NaN, Precision([.. background, .. scaled], both), Precision(scaled, region));
    }

    /// <summary>Share of right pixels of summed counts.</summary>
    public static double PixelAccuracyOf(long[] counts) => (double)(counts[0] + counts[1]) / counts[4];

    /// <summary>Mean intersection over union of summed counts. A class that is neither there nor predicted does not count.</summary>
    public static double MeanIouOf(long[] counts)
    {
        double[] classes = [.. new[] { IouOf(counts, foreground: false), IouOf(counts, foreground: true) }.Where(double.IsFinite)];
        return classes.Length == 0 ? double.NaN : classes.Average();
    }

    /// <summary>Intersection over union of a class of summed counts; NaN where it is neither there nor predicted.</summary>
    public static double IouOf(long[] counts, bool foreground)
    {
        int k = foreground ? 1 : 0;
        return counts[k + 2] == 0 ? double.NaN : (double)counts[k] / counts[k + 2];
    }

    /// <summary>What a pool keeps.</summary>
    public IReadOnlyDictionary<string, HostTensor> State() => new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["counts"] = HostTensor.Of(Counts, Counts.Length) };

    /// <summary>All numbers by name.</summary>
    public Dictionary<string, double> Details() => new(StringComparer.Ordinal)
    {
        ["pixel-accuracy"] = PixelAccuracy,
        ["correct"] = Counts[0] + Counts[1],
        ["pixels"] = Counts[4],
        ["intersection-background"] = Counts[0],
        ["intersection-foreground"] = Counts[1],
        ["union-background"] = Counts[2],
        ["union-foreground"] = Counts[3],
        ["iou-background"] = IouOf(Counts, foreground: false),
        ["iou-foreground"] = ForegroundIou,
        ["mean-iou"] = MeanIou,
        ["average-precision"] = AveragePrecision,
        ["average-precision-foreground"] = ForegroundPrecision,
        ["f1"] = F1,
        ["threshold"] = Threshold,
    };

    /// <summary>Sum over descending thresholds of the gain in recall times the precision; equal scores fall together.</summary>
    private static double Precision(float[] scores, bool[] truth)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        float[] keys = [.. scores.Select(s => -s)];
        Array.Sort(keys, order);
        double positives = truth.AsSpan().Count(true), hits = 0, sum = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = start, found = 0;
            for (; end < order.Length && keys[end] == keys[start]; end++) if (truth[order[end]]) found++;
            hits += found;
            sum += found * (hits / end);
            start = end;
        }

        return positives == 0 ? double.NaN : sum / positives;
    }
}
