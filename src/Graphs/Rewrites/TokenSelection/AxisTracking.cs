namespace Pellucid.Graphs.Rewrites.TokenSelection;

/// <summary>Finds the tokens again on the other side of a reshape.</summary>
internal static class AxisTracking
{
    /// <summary>
    /// Where the tokens of the output of a reshape lie in its input: [B,N,H,d] from [B,N,D], [B,N,D] from [B*N,D],
    /// [N*B,D] from [N,B,D]. Row-major order fixes their place by what precedes them or, equally, by what follows;
    /// whichever side has no dynamic dimension is counted. Null where they cannot be told apart.
    /// </summary>
    public static Narrowing? Before(TensorShape input, TensorShape output, Narrowing wanted)
    {
        if (output.Count(d => d == TensorShape.Dynamic) > 1) return null;
        long? prefix = Product(output.Dimensions[..wanted.Axis], wanted.Outer);
        long? suffix = Product(output.Dimensions[(wanted.Axis + 1)..], wanted.Inner);
        // How many elements of the input's dynamic dimension (if it has one) go with one of the output's.
        long folded = Fixed(output) / Math.Max(1, Fixed(input)) * (output[wanted.Axis] == TensorShape.Dynamic ? wanted.Length : 1);
        Narrowing? found = null;
        for (int axis = 0; axis < input.Rank && found is null; axis++)
        {
            found = Match(input[axis], Product(input.Dimensions[..axis], 1), prefix, wanted.Length, folded) is { } front
                ? wanted with { Axis = axis, Outer = front.Near, Inner = front.Far }
                : Match(input[axis], Product(input.Dimensions[(axis + 1)..], 1), suffix, wanted.Length, folded) is { } back
                    ? wanted with { Axis = axis, Outer = back.Far, Inner = back.Near }
                    : null;
        }

        if (found is null || wanted.Positions is null) return found;
        return found.IsMerged || BatchBefore(input, output, wanted.BatchAxis) is not { } batch || batch == found.Axis
            ? null
            : found with { BatchAxis = batch };
    }

    /// <summary>
    /// Splits a dimension into (near, tokens, far), seen from the side whose element counts are known: the axes passed
    /// count <paramref name="passed"/> elements, the tokens lie <paramref name="distance"/> elements in.
    /// </summary>
    private static (long Near, long Far)? Match(long dimension, long? passed, long? distance, long tokens, long folded)
    {
        if (passed is not > 0 || distance is not > 0 || distance % passed != 0) return null;
        long near = distance.Value / passed.Value;
        if (dimension == TensorShape.Dynamic) return folded > 0 && folded % (near * tokens) == 0 ? (near, TensorShape.Dynamic) : null;
        return dimension % (near * tokens) == 0 ? (near, dimension / (near * tokens)) : null;
    }

    private static int? BatchBefore(TensorShape input, TensorShape output, int batch)
    {
        long? suffix = Product(output.Dimensions[(batch + 1)..], 1);
        for (int axis = 0; axis < input.Rank; axis++)
        {
            if (input[axis] == output[batch] && suffix is not null && Product(input.Dimensions[(axis + 1)..], 1) == suffix) return axis;
        }

        return null;
    }

    private static long Fixed(TensorShape shape) => shape.Where(d => d >= 0).Aggregate(1L, (product, d) => product * d);

    private static long? Product(ReadOnlySpan<long> dimensions, long factor)
    {
        if (factor < 0) return null;
        foreach (long d in dimensions)
        {
            if (d < 0) return null;
            factor *= d;
        }

        return factor;
    }
}
