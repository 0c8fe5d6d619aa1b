namespace Pellucid.Graphs.Inference;

/// <summary>NumPy broadcasting of shapes. A dynamic dimension wins over 1 and over another dynamic one.</summary>
internal static class Broadcasting
{
    /// <summary>The common shape, or null where the shapes do not broadcast.</summary>
    public static TensorShape? Combine(TensorShape a, TensorShape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        long[] result = new long[rank];
        for (int i = 1; i <= rank; i++)
        {
            long x = i <= a.Rank ? a[a.Rank - i] : 1;
            long y = i <= b.Rank ? b[b.Rank - i] : 1;
            if (x == y || y == 1) result[rank - i] = x;
            else if (x == 1) result[rank - i] = y;
            else if (x == TensorShape.Dynamic || y == TensorShape.Dynamic) result[rank - i] = Math.Max(x, y);
            else return null;
        }

        return new TensorShape(result);
    }
}
