namespace Pellucid.Graphs.Onnx.Canonical.Folding;

/// <summary>Row-major index arithmetic.</summary>
internal static class Indexing
{
    public static long[] Strides(long[] shape)
    {
        long[] strides = new long[shape.Length];
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= shape[i];
        }

        return strides;
    }

    /// <summary>Coordinates of a flat index.</summary>
    public static long[] Coordinates(int index, long[] shape)
    {
        long[] coordinates = new long[shape.Length];
        long rest = index;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            coordinates[i] = rest % shape[i];
            rest /= shape[i];
        }

        return coordinates;
    }

    public static int Flat(long[] coordinates, long[] shape)
    {
        long flat = 0;
        for (int i = 0; i < shape.Length; i++) flat = (flat * shape[i]) + coordinates[i];
        return (int)flat;
    }

    /// <summary>Index into a smaller shape that broadcasts to a larger one.</summary>
    public static int Broadcast(int index, long[] shape, long[] operand)
    {
        long rest = index, flat = 0, step = 1;
        for (int i = shape.Length - 1, o = operand.Length - 1; o >= 0; i--, o--)
        {
            long at = rest % shape[i];
            rest /= shape[i];
            if (operand[o] != 1) flat += at * step;
            step *= operand[o];
        }

        return (int)flat;
    }
}
