using System.Numerics;
using System.Numerics.Tensors;

namespace Pellucid.Abstractions.Numerics;

/// <summary>exp(x_i) / sum_k exp(x_k). The largest value is subtracted first, so that large logits do not overflow.</summary>
public static class Softmax
{
    /// <summary>The softmax of all values; none of no values.</summary>
    public static T[] Of<T>(ReadOnlySpan<T> logits)
        where T : IFloatingPointIeee754<T>
    {
        if (logits.IsEmpty) return [];
        T[] values = new T[logits.Length];
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), values);
        TensorPrimitives.SoftMax<T>(values, values);
        return values;
    }
}
