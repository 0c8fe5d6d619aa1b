using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>
/// A row of maps as 16-bit steps of one scale: half the disk, and half the memory traffic, which is what another text on kept maps costs. A value is off by at most half a
/// step, 1.6e-5 of the row's largest magnitude. Rows are packed before they are summed for the first time too, so maps that are just made and maps from the cache give the
/// same bytes. A row that is not finite has the scale NaN, and so its sum is NaN.
/// </summary>
internal static class PackedRow
{
    /// <summary>A row whose largest magnitude is below this counts as zero: float32 could not tell its steps apart.</summary>
    private const float Smallest = 1e-33f;

    /// <summary>Floats of a cache line: rows in a file start at one.</summary>
    private const int Line = 16;

    /// <summary>Elements of a packed row: two steps in each, then the scale in the last.</summary>
    /// <param name="length">Values of the row.</param>
    public static int PackedLength(int length) => (((length + 1) / 2) + 1 + Line - 1) / Line * Line;

    /// <summary>What a step is worth.</summary>
    public static float Scale(ReadOnlySpan<float> packed) => packed[^1];

    /// <summary>The values, in steps; more than there are values.</summary>
    public static ReadOnlySpan<short> Steps(ReadOnlySpan<float> packed) => MemoryMarshal.Cast<float, short>(packed);

    /// <summary>Packs a row.</summary>
    /// <param name="row">Its values.</param>
    /// <param name="packed">Of <see cref="PackedLength"/>.</param>
    public static void Pack(ReadOnlySpan<float> row, Span<float> packed)
    {
        packed.Clear();
        float largest = MathF.Abs(TensorPrimitives.MaxMagnitude(row));
        if (!float.IsFinite(largest))
        {
            packed[^1] = float.NaN;
        }
        else if (largest >= Smallest)
        {
            Span<short> steps = MemoryMarshal.Cast<float, short>(packed);
            float inverse = short.MaxValue / largest;
            for (int i = 0; i < row.Length; i++) steps[i] = (short)MathF.Round(row[i] * inverse);
            packed[^1] = largest / short.MaxValue;
        }
    }
}
