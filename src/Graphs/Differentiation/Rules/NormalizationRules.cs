using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of normalizations.</summary>
internal static class NormalizationRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("LayerNormalization", LayerNormalization),
        new("BatchNormalization", BatchNormalization),
        new("InstanceNormalization", InstanceNormalization),
        new("GroupNormalization", GroupNormalization),
    ];

    /// <summary>
    /// y = scale n + bias, n = (x - mean) r, r the inverse standard deviation over the normalized axes. dx as in
    /// <see cref="ThroughNormalization"/> with d = dy scale; dscale = sum(dy n); dbias = sum(dy). Asks the node for its
    /// mean and r instead of computing them again; where these were differentiated themselves (a second derivative),
    /// dx also has dmean / N and -dr r^3 (x - mean) / N.
    /// </summary>
    private static void LayerNormalization(GradientScope s)
    {
        GraphBuilder g = s.G;
        Value x = s.Input(0);
        int first = s.Axis(s.Attributes.Int("axis", -1), x.Rank);
        long[] axes = Enumerable.Range(first, x.Rank - first).Select(i => (long)i).ToArray();
        IReadOnlyList<Value> outputs = WithStatistics(s);
        Value? dy = s.CotangentOf(0), dMean = s.CotangentOf(1), dR = s.CotangentOf(2);
        Value mean = g.Cast(outputs[1], x.Type.Element), r = g.Cast(outputs[2], x.Type.Element);
        Value centered = g.Sub(x, mean);
        if (s.Needs(0) && dy is not null) s.AddExact(0, ThroughNormalization(g, g.Mul(dy, s.Input(1)), centered, r, axes));
        if (s.Needs(0) && dMean is not null) s.AddExact(0, g.Mul(Share(s, g.Cast(dMean, x.Type.Element), axes), g.OnesLike(x)));
        if (s.Needs(0) && dR is not null) s.AddExact(0, g.Neg(g.Mul(centered, g.Mul(Share(s, g.Cast(dR, x.Type.Element), axes), g.Mul(r, g.Mul(r, r))))));
        if (dy is null) return;
        if (s.Needs(1)) s.Add(1, g.Mul(dy, g.Mul(centered, r)));
        if (s.Needs(2)) s.Add(2, dy);
    }

    /// <summary>
    /// The gradient of n = c r, c = x - mean(x), r = 1 / sqrt(mean(c^2) + epsilon), from its cotangent d:
    /// dx = r (d - mean(d) - c r^2 mean(d c)).
    /// </summary>
    private static Value ThroughNormalization(GraphBuilder g, Value d, Value c, Value r, long[] axes)
    {
        Value projection = g.Mul(c, g.Mul(g.Mul(r, r), g.ReduceMean(g.Mul(d, c), axes)));
        return g.Mul(r, g.Sub(g.Sub(d, g.ReduceMean(d, axes)), projection));
    }

    /// <summary>A cotangent divided by the number N of normalized elements.</summary>
    private static Value Share(GradientScope s, Value cotangent, long[] axes)
    {
        long count = axes.Aggregate(1L, (n, axis) => n * Math.Max(0, s.Input(0).Shape[(int)axis]));
        return count > 0 ? s.G.Scale(cotangent, 1f / count) : throw s.Refuse("the normalized axes must have fixed lengths");
    }

    private static IReadOnlyList<Value> WithStatistics(GradientScope s)
    {
        string stem = s.Node.Outputs[0];
        return s.Node.Outputs.Length >= 3 && s.Node.Outputs[1].Length > 0 && s.Node.Outputs[2].Length > 0
            ? [s.Output(0), s.Output(1), s.Output(2)]
            : s.Extend(s.Node with { Outputs = [stem, Statistic(s, 1, "mean"), Statistic(s, 2, "inverse_std")] });
    }

    private static string Statistic(GradientScope s, int output, string name) =>
        output < s.Node.Outputs.Length && s.Node.Outputs[output].Length > 0 ? s.Node.Outputs[output] : $"{s.Node.Outputs[0]}.{name}";

    /// <summary>Inference: y = scale (x - mean) / sqrt(var + epsilon) + bias with constants along axis 1: dx = dy scale / sqrt(var + epsilon).</summary>
    private static void BatchNormalization(GradientScope s)
    {
        if (s.Attributes.Int("training_mode", 0) != 0) throw s.Refuse("it is in training mode; export the model in evaluation mode");
        OnlyInput(s, 5);
        GraphBuilder g = s.G;
        Value variance = s.Input(4), scale = s.Input(1);
        Value deviation = g.Sqrt(g.Add(variance, g.Like(variance, s.Attributes.Float("epsilon", 1e-5f))));
        Value factor = g.Cast(g.Div(scale, g.Cast(deviation, scale.Type.Element)), s.Dy.Type.Element);
        s.AddExact(0, g.Mul(s.Dy, AlongChannels(g, factor, s.Input(0).Rank)));
    }

    /// <summary>As LayerNormalization over all spatial axes of each channel, scale and bias a channel.</summary>
    private static void InstanceNormalization(GradientScope s)
    {
        OnlyInput(s, 3);
        Value x = s.Input(0);
        long[] axes = Enumerable.Range(2, x.Rank - 2).Select(i => (long)i).ToArray();
        Value d = s.G.Mul(s.Dy, AlongChannels(s.G, s.Input(1), x.Rank));
        s.AddExact(0, Normalized(s, x, d, axes));
    }

    /// <summary>As LayerNormalization over the channels and positions of each group; scale and bias a group, as the canonical operator set has it.</summary>
    private static void GroupNormalization(GradientScope s)
    {
        OnlyInput(s, 3);
        GraphBuilder g = s.G;
        Value x = s.Input(0);
        long groups = s.Attributes.Int("num_groups", 1);
        long[] grouped = [0, groups, -1];
        Value d = g.Mul(g.Reshape(s.Dy, grouped), g.Reshape(s.Input(1), groups, 1));
        Value dx = Normalized(s, g.Reshape(x, grouped), d, [2]);
        long[] back = [0, .. x.Shape.Skip(1)];
        if (back.Count(b => b == TensorShape.Dynamic) > 1) throw s.Refuse("more than one spatial axis has no fixed length; import the model with a fixed image size");
        s.AddExact(0, g.Reshape(dx, back));
    }

    private static Value Normalized(GradientScope s, Value x, Value d, long[] axes)
    {
        GraphBuilder g = s.G;
        Value centered = g.Sub(x, g.ReduceMean(x, axes));
        Value variance = g.ReduceMean(g.Mul(centered, centered), axes);
        Value r = g.Emit("Reciprocal", [g.Sqrt(g.Add(variance, g.Like(x, s.Attributes.Float("epsilon", 1e-5f))))]);
        return ThroughNormalization(g, d, centered, r, axes);
    }

    private static Value AlongChannels(GraphBuilder g, Value perChannel, int rank) =>
        g.Reshape(perChannel, [-1, .. Enumerable.Repeat(1L, rank - 2)]);

    private static void OnlyInput(GradientScope s, int inputs)
    {
        for (int i = 1; i < inputs; i++)
            if (s.Needs(i)) throw s.Refuse($"only the gradient by its input is supported, not by input {i} (scale, bias or statistics)");
    }
}
