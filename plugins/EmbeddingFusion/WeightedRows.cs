using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>
/// Sums of rows with the weights of several targets. Every element is summed in the order of the rows, products rounded before they are added, so the bytes are the same
/// whether rows come one by one from the explainer or several at a time from the cache.
/// </summary>
/// <param name="weights">[K][E].</param>
/// <param name="length">Elements of a row.</param>
internal sealed class WeightedRows(float[][] weights, int length)
{
    private readonly float[][] _sums = [.. weights.Select(_ => new float[length])];

    /// <summary>The sum of a target.</summary>
    public float[] Sum(int target) => _sums[target];

    /// <summary>Adds a part of a row.</summary>
    /// <param name="row">Number of the row.</param>
    /// <param name="start">Where in the row the part starts.</param>
    /// <param name="part">The part.</param>
    public void Add(int row, int start, ReadOnlySpan<float> part)
    {
        for (int k = 0; k < _sums.Length; k++)
        {
            Span<float> sum = _sums[k].AsSpan(start, part.Length);
            TensorPrimitives.MultiplyAdd(part, weights[k][row], sum, sum);
        }
    }

    /// <summary>Adds the same part of four rows that follow each other: the sums are read and written once for all four, and memory delivers four streams.</summary>
    /// <param name="row">Number of the first row.</param>
    /// <param name="start">Where in the rows the part starts.</param>
    /// <param name="first">The part of the first row.</param>
    /// <param name="second">Of the second.</param>
    /// <param name="third">Of the third.</param>
    /// <param name="fourth">Of the fourth; all of one length.</param>
    public void AddFour(int row, int start, ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<float> third, ReadOnlySpan<float> fourth)
    {
        ref float a = ref MemoryMarshal.GetReference(first), b = ref MemoryMarshal.GetReference(second);
        ref float c = ref MemoryMarshal.GetReference(third), d = ref MemoryMarshal.GetReference(fourth);
        for (int k = 0; k < _sums.Length; k++)
        {
            Span<float> sum = _sums[k].AsSpan(start, first.Length);
            ref float s = ref MemoryMarshal.GetReference(sum);
            ReadOnlySpan<float> w = weights[k].AsSpan(row, 4);
            int i = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                // Twice as wide as Vector<float>, whatever the processor has: half the instructions a byte, and memory sets the pace.
                for (; i <= sum.Length - Vector512<float>.Count; i += Vector512<float>.Count)
                {
                    Vector512<float> total = Vector512.LoadUnsafe(ref s, (nuint)i) + (Vector512.LoadUnsafe(ref a, (nuint)i) * w[0]);
                    total += Vector512.LoadUnsafe(ref b, (nuint)i) * w[1];
                    total += Vector512.LoadUnsafe(ref c, (nuint)i) * w[2];
                    total += Vector512.LoadUnsafe(ref d, (nuint)i) * w[3];
                    total.StoreUnsafe(ref s, (nuint)i);
                }
            }

            for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> total = Vector.LoadUnsafe(ref s, (nuint)i) + (Vector.LoadUnsafe(ref a, (nuint)i) * w[0]);
                total += Vector.LoadUnsafe(ref b, (nuint)i) * w[1];
                total += Vector.LoadUnsafe(ref c, (nuint)i) * w[2];
                total += Vector.LoadUnsafe(ref d, (nuint)i) * w[3];
                total.StoreUnsafe(ref s, (nuint)i);
            }

            for (; i < sum.Length; i++) sum[i] = sum[i] + (first[i] * w[0]) + (second[i] * w[1]) + (third[i] * w[2]) + (fourth[i] * w[3]);
        }
    }
}
