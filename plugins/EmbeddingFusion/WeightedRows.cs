using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>
/// Sums of packed rows with the weights of several targets. Every element is summed in the order of the rows, products rounded before they are added, so the bytes are the
/// same whether rows come one by one from the explainer or several at a time from the cache.
/// </summary>
/// <param name="weights">[K][E].</param>
/// <param name="length">Values of a row.</param>
internal sealed class WeightedRows(float[][] weights, int length)
{
    /// <summary>Steps of a cache line, and how many are asked for ahead.</summary>
    private const int Line = 32, Ahead = 1024;

    private readonly float[][] _sums = [.. weights.Select(_ => new float[length])];

    /// <summary>The sum of a target.</summary>
    public float[] Sum(int target) => _sums[target];

    /// <summary>Adds a part of a row.</summary>
    /// <param name="row">Number of the row.</param>
    /// <param name="start">Where the part starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="packed">The row.</param>
    public void Add(int row, int start, int end, ReadOnlySpan<float> packed)
    {
        ReadOnlySpan<short> steps = PackedRow.Steps(packed)[start..end];
        for (int k = 0; k < _sums.Length; k++)
        {
            float factor = weights[k][row] * PackedRow.Scale(packed);
            AddOne(_sums[k].AsSpan(start, steps.Length), factor, steps);
        }
    }

    /// <summary>Adds the same part of four rows that follow each other: the sums are read and written once for all four, and memory delivers four streams.</summary>
    /// <param name="row">Number of the first row.</param>
    /// <param name="start">Where the part starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="first">The first row.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="fourth">The fourth.</param>
    public void AddFour(int row, int start, int end, ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<float> third, ReadOnlySpan<float> fourth)
    {
        Vector4 scales = new(PackedRow.Scale(first), PackedRow.Scale(second), PackedRow.Scale(third), PackedRow.Scale(fourth));
        for (int k = 0; k < _sums.Length; k++)
        {
            AddFour(
                _sums[k].AsSpan(start, end - start), new Vector4(weights[k].AsSpan(row, 4)) * scales,
                PackedRow.Steps(first)[start..end], PackedRow.Steps(second)[start..end], PackedRow.Steps(third)[start..end], PackedRow.Steps(fourth)[start..end]);
        }
    }

    private static void AddOne(Span<float> sum, float factor, ReadOnlySpan<short> row)
    {
        ref float s = ref MemoryMarshal.GetReference(sum);
        ref short a = ref MemoryMarshal.GetReference(row);
        Vector<float> f = new(factor);
        int i = 0;
        for (; i <= sum.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector<float> low = Vector.LoadUnsafe(ref s, (nuint)i), high = Vector.LoadUnsafe(ref s, (nuint)(i + Vector<float>.Count));
            Add(ref a, i, f, ref low, ref high);
            low.StoreUnsafe(ref s, (nuint)i);
            high.StoreUnsafe(ref s, (nuint)(i + Vector<float>.Count));
        }

        for (; i < sum.Length; i++) sum[i] += row[i] * factor;
    }

    private static void AddFour(Span<float> sum, Vector4 factors, ReadOnlySpan<short> first, ReadOnlySpan<short> second, ReadOnlySpan<short> third, ReadOnlySpan<short> fourth)
    {
        ref float s = ref MemoryMarshal.GetReference(sum);
        ref short a = ref MemoryMarshal.GetReference(first), b = ref MemoryMarshal.GetReference(second);
        ref short c = ref MemoryMarshal.GetReference(third), d = ref MemoryMarshal.GetReference(fourth);
        Vector<float> fa = new(factors.X), fb = new(factors.Y), fc = new(factors.Z), fd = new(factors.W);
        int i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= sum.Length - Line; i += Line)
            {
                Prefetch(ref a, i);
                Prefetch(ref b, i);
                Prefetch(ref c, i);
                Prefetch(ref d, i);
                for (int half = i; half < i + Line; half += Vector512<float>.Count)
                {
                    Vector512<float> total = Vector512.LoadUnsafe(ref s, (nuint)half) + (Widened(ref a, half) * factors.X);
                    total += Widened(ref b, half) * factors.Y;
                    total += Widened(ref c, half) * factors.Z;
                    total += Widened(ref d, half) * factors.W;
                    total.StoreUnsafe(ref s, (nuint)half);
                }
            }
        }

        for (; i <= sum.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector<float> low = Vector.LoadUnsafe(ref s, (nuint)i), high = Vector.LoadUnsafe(ref s, (nuint)(i + Vector<float>.Count));
            Add(ref a, i, fa, ref low, ref high);
            Add(ref b, i, fb, ref low, ref high);
            Add(ref c, i, fc, ref low, ref high);
            Add(ref d, i, fd, ref low, ref high);
            low.StoreUnsafe(ref s, (nuint)i);
            high.StoreUnsafe(ref s, (nuint)(i + Vector<float>.Count));
        }

        for (; i < sum.Length; i++) sum[i] = sum[i] + (first[i] * factors.X) + (second[i] * factors.Y) + (third[i] * factors.Z) + (fourth[i] * factors.W);
    }

    private static void Add(ref short steps, int i, Vector<float> factor, ref Vector<float> low, ref Vector<float> high)
    {
        Vector.Widen(Vector.LoadUnsafe(ref steps, (nuint)i), out Vector<int> lower, out Vector<int> upper);
        low += Vector.ConvertToSingle(lower) * factor;
        high += Vector.ConvertToSingle(upper) * factor;
    }

    private static Vector512<float> Widened(ref short steps, int i) => Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref steps, (nuint)i)));

    /// <summary>Asks for what comes after the next: the processor by itself stops at the end of each page.</summary>
    private static unsafe void Prefetch(ref short steps, int i) => Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref steps, i + Ahead)));
}
