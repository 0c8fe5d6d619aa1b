namespace Pellucid.Graphs;

/// <summary>The elements that ONNX Slice takes along one axis, with its clamping rules applied.</summary>
/// <param name="Start">First index taken.</param>
/// <param name="Step">Distance between indices; negative walks backwards.</param>
/// <param name="Count">Number of elements taken, 0 or more.</param>
public readonly record struct SliceRange(long Start, long Step, long Count)
{
    /// <summary>Resolves start, end and step (which may be negative or beyond the end) against a dimension.</summary>
    /// <exception cref="GraphException">The step is zero.</exception>
    public static SliceRange Of(long start, long end, long step, long size)
    {
        if (step == 0) throw new GraphException("a Slice with step 0 has no meaning");
        if (start < 0) start += size;
        if (end < 0 && end > -(1L << 40)) end += size;
        if (step > 0)
        {
            start = Math.Clamp(start, 0, size);
            end = Math.Clamp(end, 0, size);
            return new SliceRange(start, step, Math.Max(0, (end - start + step - 1) / step));
        }

        start = Math.Clamp(start, 0, size - 1);
        end = Math.Clamp(end, -1, size - 1);
        return new SliceRange(start, step, Math.Max(0, (start - end - step - 1) / -step));
    }
}
