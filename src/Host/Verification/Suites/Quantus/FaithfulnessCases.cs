using System.Globalization;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Cases of Quantus' faithfulness metrics. In Quantus 0.6 (engine "head") a feature is a value of a channel, in 0.5.3 a pixel.</summary>
internal static class FaithfulnessCases
{
    /// <summary>The mapping of the family.</summary>
    public static MetricCase? Map(ManifestCase c, MetricParameters p) => c.Engine is not ("head" or "v053") ? null : c.Method switch
    {
        "PixelFlipping" => PixelFlipping(c, p),
        "FaithfulnessEstimate" => Correlated(c, p, "faithfulness-estimate", $"step={p.Text("features_in_step", 1)}"),
        "FaithfulnessCorrelation" => Correlation(c, p),
        "Monotonicity" => Stepwise(c, p, "monotonicity", "compat=quantus"),
        "MonotonicityCorrelation" => MonotonicityCorrelation(c, p),
        "RegionPerturbation" => RegionPerturbation(c, p),
        "Selectivity" => Patchwise(c, p, "selectivity") with { Read = MetricCase.Curve(skip: 1) },
        "Infidelity" => Infidelity(p),
        "SensitivityN" => SensitivityN(c, p),
        "Sufficiency" => Sufficiency(p, "sufficiency"),
        "BatchSufficiency" => Sufficiency(p, "batch-sufficiency"),
        "IROF" => Irof(c, p),
        "ROAD" => Road(c, p),
        _ => null,
    };

    private static MetricCase RegionPerturbation(ManifestCase c, MetricParameters p)
    {
        string order = p.Word("order") switch
        {
            "morf" or null => "most-relevant",
            "lerf" => "least-relevant",
            "random" => "random",
            _ => p.Refuse("order", "random"),
        };
        MetricCase regions = Patchwise(c, p, "region-perturbation", $"order={order}", $"regions={p.Text("regions_evaluation", 100)}") with { Read = MetricCase.Curve(skip: 1) };
        return c.Draws.ContainsKey("rp_permutation") ? regions with { Adjust = (inputs, i, item) => Replay(item, "permutation", Row(inputs.Draw(c, "rp_permutation"), i)) } : regions;
    }

    private static MetricCase Patchwise(ManifestCase c, MetricParameters p, string metric, params string[] options)
    {
        p.NormalizationIsIdle();
        string placement = c.Engine == "v053" ? "greedy" : "grid";
        return new MetricCase(
            $"{metric}({string.Join(", ", [p.Abs(), p.Score(), p.Fill(), $"patch={p.Text("patch_size", 8)}", $"placement={placement}", .. options])})", MetricCase.Values);
    }

    private static MetricCase Infidelity(MetricParameters p)
    {
        p.Expect("loss_func", "mse");
        // Repeats are alike, for nothing is drawn.
        p.Ignore("n_perturb_samples");
        string sides = string.Join(", ", p.Numbers("perturb_patch_sizes"));
        return new MetricCase($"infidelity({string.Join(", ", [p.Abs(), p.Score(), p.Fill(), p.Normalize(), "perturbation=cumulative-squares", $"sides=[{sides}]"])})", MetricCase.Values);
    }

    private static MetricCase SensitivityN(ManifestCase c, MetricParameters p)
    {
        p.Expect("similarity_func", "correlation_pearson");
        string[] options = [FeaturesOf(c), p.Abs(), p.Score(), p.Fill(), p.Normalize(), $"step={p.Text("features_in_step", 1)}", $"share={p.Text("n_max_percentage", 0.8)}"];
        return new MetricCase(
            $"sensitivity-n(compat=quantus, {string.Join(", ", options)})",
            // One curve for all images.
            (items, _) => MetricCase.Curve(skip: 0)([items[0]], null));
    }

    private static MetricCase Sufficiency(MetricParameters p, string metric)
    {
        p.NormalizationIsIdle();
        p.Ignore("softmax");
        p.Expect("distance_func", "seuclidean");
        return new MetricCase($"{metric}({p.Abs()}, threshold={p.Text("threshold", 0.6)}, compat=quantus)", MetricCase.Values);
    }

    private static MetricCase Irof(ManifestCase c, MetricParameters p)
    {
        p.NormalizationIsIdle();
        p.Expect("segmentation_method", "slic");
        // Quantus 0.6 takes the mean over the whole batch.
        string compat = c.Engine == "head" && p.Fill() == "fill=drifting-mean" ? "quantus" : "paper";
        return new MetricCase($"irof({string.Join(", ", p.Abs(), p.Score(), p.Fill(), "area=raw", $"compat={compat}")})", MetricCase.Values)
        {
            Adjust = (inputs, i, item) => Replay(item, "segments", Row(inputs.Tensor("irof_segments"), i)),
        };
    }

    private static MetricCase Road(ManifestCase c, MetricParameters p)
    {
        p.NormalizationIsIdle();
        p.Ignore("a_size", "softmax");
        double[] percentages = p.Numbers("percentages");
        string[] names = [.. percentages.Select(v => v.ToString("R", CultureInfo.InvariantCulture))];
        return new MetricCase(
            $"road({p.Abs()}, percentages=[{string.Join(", ", names)}], noise={p.NoiseOf("perturb_func")})",
            (items, _) => ScoreParts.Of(names
                .Select((n, k) => ("mean_hit_per_percentage/" + n, (IReadOnlyList<double>)[items.Average(i => i.Curves[0].Y[k])]))
                .Append(("hit[image][percentage]", [.. items.SelectMany(i => i.Curves[0].Y)]))))
        {
            // One stream of numbers for all images.
            Adjust = (inputs, i, item) =>
            {
                HostTensor all = inputs.Draw(c, "road_randn");
                int each = all.Length / inputs.Count;
                return Replay(item, "noise", HostTensor.Of(all.Floats.Slice(i * each, each).ToArray(), each));
            },
        };
    }

    private static MetricCase PixelFlipping(ManifestCase c, MetricParameters p)
    {
        bool area = p.Flag("return_auc_per_sample");
        MetricCase stepwise = Stepwise(c, p, "pixel-flipping", "area=raw") with { Read = area ? MetricCase.Values : MetricCase.Curve(skip: 1) };
        return c.Draws.ContainsKey("order") ? stepwise with { Adjust = (inputs, i, item) => Replay(item, "order", Row(inputs.Draw(c, "order"), i)) } : stepwise;
    }

    private static MetricCase Correlation(ManifestCase c, MetricParameters p)
    {
        p.Ignore("nr_runs", "subset_size");
        bool pixels = c.Engine == "v053";
        return Correlated(c, p, "faithfulness-correlation") with
        {
            Adjust = (inputs, i, item) => Replay(item, "subsets", pixels ? Row(inputs.Draw(c, "fc_subsets_pixels"), i) : Along(inputs.Draw(c, "fc_subsets"), 1, i)),
        };
    }

    private static MetricCase MonotonicityCorrelation(ManifestCase c, MetricParameters p)
    {
        p.Expect("similarity_func", "correlation_spearman");
        if (p.Number("eps", 1e-5) != 1e-5) p.Refuse("eps", 0);
        return Stepwise(c, p, "monotonicity-correlation", $"samples={p.Text("nr_samples", 100)}") with
        {
            Adjust = (inputs, i, item) => Replay(item, "uniform", c.Engine == "v053" ? Row(inputs.Draw(c, "mc_uniform_pc"), i) : Along(inputs.Draw(c, "mc_uniform"), 2, i)),
        };
    }

    private static MetricCase Correlated(ManifestCase c, MetricParameters p, string metric, params string[] options)
    {
        p.Expect("similarity_func", "correlation_pearson");
        return Plain(c, p, metric, options);
    }

    private static MetricCase Stepwise(ManifestCase c, MetricParameters p, string metric, params string[] options) =>
        Plain(c, p, metric, [$"step={p.Text("features_in_step", 1)}", .. options]);

    private static MetricCase Plain(ManifestCase c, MetricParameters p, string metric, params string[] options)
    {
        p.NormalizationIsIdle();
        return new MetricCase($"{metric}({string.Join(", ", [FeaturesOf(c), p.Abs(), p.Score(), p.Fill(), .. options])})", MetricCase.Values);
    }

    /// <summary>What a feature is for the engine of a case, as an option.</summary>
    public static string FeaturesOf(ManifestCase c) => c.Engine == "v053" ? "features=pixels" : "features=elements";

    /// <summary>An item that replays a draw.</summary>
    public static MeasuredItem Replay(MeasuredItem item, string name, HostTensor draw) => item with
    {
        Draws = new Dictionary<string, HostTensor>(item.Draws ?? new Dictionary<string, HostTensor>(StringComparer.Ordinal), StringComparer.Ordinal) { [name] = draw },
    };

    /// <summary>A row of a tensor, without its axis.</summary>
    public static HostTensor Row(HostTensor tensor, int row) => tensor.Rows(row, 1).Reshape([.. tensor.Shape.Skip(1)]);

    /// <summary>One place along any axis of a tensor, as float32, without the axis.</summary>
    public static HostTensor Along(HostTensor tensor, int axis, int place)
    {
        HostTensor floats = tensor.ToFloat32();
        int inner = (int)floats.Shape.Skip(axis + 1).Aggregate(1L, (a, b) => a * b), length = (int)floats.Shape[axis];
        float[] values = new float[floats.Length / length];
        for (int i = 0; i < values.Length; i++) values[i] = floats.Floats[(((i / inner * length) + place) * inner) + (i % inner)];
        return HostTensor.Of(values, new TensorShape([.. floats.Shape.Take(axis), .. floats.Shape.Skip(axis + 1)]));
    }
}
