namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Normalizations.</summary>
internal static class NormalizationOperators
{
    public static IEnumerable<KeyValuePair<string, Func<Call, Tensor[]>>> All =>
    [
        new("LayerNormalization", LayerNormalization),
        new("BatchNormalization", BatchNormalization),
        new("InstanceNormalization", c => [Grouped(c, (int)c[0].Shape[1])]),
        new("GroupNormalization", c => [Grouped(c, (int)c.Attributes.Int("num_groups", 1))]),
    ];

    private static Tensor[] LayerNormalization(Call c)
    {
        Tensor x = c[0], scale = c[1];
        int axis = x.Axis(c.Attributes.Int("axis", -1)), size = (int)Tensor.Count(x.Shape.AsSpan(axis));
        double epsilon = c.Attributes.Float("epsilon", 1e-5f);
        long[] reduced = [.. x.Shape.Select((d, i) => i < axis ? d : 1)];
        Tensor mean = Tensor.Zeros(x.Element, reduced), inverse = Tensor.Zeros(x.Element, reduced), y = Tensor.Zeros(x.Element, x.Shape);
        double[] weight = scale.BroadcastTo(x.Shape[axis..]).Data, bias = c.Optional(2)?.BroadcastTo(x.Shape[axis..]).Data ?? new double[size];
        for (int row = 0; row < mean.Length; row++)
        {
            (mean.Data[row], inverse.Data[row]) = Statistics(x.Data.AsSpan(row * size, size), epsilon);
            for (int i = 0; i < size; i++) y.Data[(row * size) + i] = ((x.Data[(row * size) + i] - mean.Data[row]) * inverse.Data[row] * weight[i]) + bias[i];
        }

        return [y, mean, inverse];
    }

    private static Tensor[] BatchNormalization(Call c)
    {
        Tensor x = c[0];
        double epsilon = c.Attributes.Float("epsilon", 1e-5f);
        int channels = (int)x.Shape[1], inner = (int)Tensor.Count(x.Shape.AsSpan(2));
        return
        [
            new Tensor(x.Element, x.Shape, [.. x.Data.Select((v, i) =>
            {
                int k = i / inner % channels;
                return ((v - c[3].Data[k]) / Math.Sqrt(c[4].Data[k] + epsilon) * c[1].Data[k]) + c[2].Data[k];
            })]),
        ];
    }

    /// <summary>Normalizes each sample's groups of channels; scale and bias are one a group.</summary>
    private static Tensor Grouped(Call c, int groups)
    {
        Tensor x = c[0];
        double epsilon = c.Attributes.Float("epsilon", 1e-5f);
        int channels = (int)x.Shape[1], inner = (int)Tensor.Count(x.Shape.AsSpan(2)), size = channels / groups * inner;
        Tensor y = Tensor.Zeros(x.Element, x.Shape);
        for (int start = 0; start < x.Length; start += size)
        {
            (double mean, double inverse) = Statistics(x.Data.AsSpan(start, size), epsilon);
            for (int i = start; i < start + size; i++)
            {
                int at = i / inner % channels / (channels / groups);
                y.Data[i] = ((x.Data[i] - mean) * inverse * c[1].Data[at]) + c[2].Data[at];
            }
        }

        return y;
    }

    private static (double Mean, double InverseDeviation) Statistics(ReadOnlySpan<double> values, double epsilon)
    {
        double sum = 0, squares = 0;
        foreach (double v in values) sum += v;
        double mean = sum / values.Length;
        foreach (double v in values) squares += (v - mean) * (v - mean);
        return (mean, 1 / Math.Sqrt((squares / values.Length) + epsilon));
    }
}
