using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Evaluating;

/// <summary>Means of curves over images, with bootstrap bands.</summary>
internal static class MeanCurves
{
    private const int Draws = 1000, Places = 101;

    /// <summary>One curve for each name that the units of an explainer have.</summary>
    public static IEnumerable<MeanCurve> Of(string model, string metric, string explainer, IEnumerable<ReportUnit> units, ulong seed)
    {
        var curves = units.Where(u => u.Metrics.GetValueOrDefault(metric)?.Status == MetricStatus.Measured).SelectMany(u => u.Metrics[metric].Curves.Select(c => (Image: DrawnImage.Of(u.Item), Curve: c)));
        foreach (var named in curves.Where(c => c.Curve.X.Count > 0).GroupBy(c => c.Curve.Name, StringComparer.Ordinal))
        {
            double[] x = PlacesOf([.. named.Select(c => c.Curve.X)]);
            if (x.Length == 0) continue;
            double[][] images = [.. named.GroupBy(c => c.Image, StringComparer.Ordinal).Select(image => Mean([.. image.Select(c => At(c.Curve, x))]))];
            (double[] low, double[] high) = Band(images, seed);
            yield return new MeanCurve(model, metric, named.Key, explainer, x, Mean(images), low, high, images.Length);
        }
    }

    /// <summary>The places that all curves have; where they differ, as many as fit into the part that all cover.</summary>
    private static double[] PlacesOf(IReadOnlyList<IReadOnlyList<double>> all)
    {
        if (all.All(x => x.SequenceEqual(all[0]))) return [.. all[0]];
        double from = all.Max(x => x[0]), to = all.Min(x => x[^1]);
        return from < to ? [.. Enumerable.Range(0, Places).Select(i => from + ((to - from) * i / (Places - 1)))] : [];
    }

    private static double[] At(MetricCurve curve, double[] x)
    {
        if (curve.X.SequenceEqual(x)) return [.. curve.Y];
        double[] y = new double[x.Length];
        int k = 0;
        for (int i = 0; i < x.Length; i++)
        {
            while (k < curve.X.Count - 2 && curve.X[k + 1] < x[i]) k++;
            double width = curve.X[k + 1] - curve.X[k], share = width > 0 ? Math.Clamp((x[i] - curve.X[k]) / width, 0, 1) : 0;
            y[i] = curve.Y[k] + (share * (curve.Y[k + 1] - curve.Y[k]));
        }

        return y;
    }

    private static double[] Mean(double[][] rows)
    {
        double[] mean = new double[rows[0].Length];
        foreach (double[] row in rows) for (int i = 0; i < mean.Length; i++) mean[i] += row[i];
        return [.. mean.Select(m => m / rows.Length)];
    }

    private static (double[] Low, double[] High) Band(double[][] images, ulong seed)
    {
        if (images.Length < 2) return ([], []);
        SeededRandom random = new(seed);
        int places = images[0].Length;
        double[][] drawn = [.. Enumerable.Range(0, places).Select(_ => new double[Draws])];
        for (int d = 0; d < Draws; d++)
        {
            for (int n = 0; n < images.Length; n++)
            {
                double[] row = images[random.NextInt(images.Length)];
                for (int i = 0; i < places; i++) drawn[i][d] += row[i];
            }

            for (int i = 0; i < places; i++) drawn[i][d] /= images.Length;
        }

        foreach (double[] place in drawn) Array.Sort(place);
        return ([.. drawn.Select(p => Samples.Quantile(p, 0.025))], [.. drawn.Select(p => Samples.Quantile(p, 0.975))]);
    }
}
