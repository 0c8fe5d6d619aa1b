using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of operators that move, select or reduce elements.</summary>
internal static class LayoutRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Reshape", Reshaped),
        new("Squeeze", Reshaped),
        new("Unsqueeze", Reshaped),
        new("Flatten", Reshaped),
        new("Transpose", Transpose),
    ];

    /// <summary>Back to the input's shape. The batch is the dimension left to infer, so that more cotangents than samples fit.</summary>
    private static void Reshaped(GradientScope s)
    {
        long[] shape = s.Input(0).Shape.ToArray();
        int dynamic = Array.IndexOf(shape, TensorShape.Dynamic);
        if (dynamic < 0 && shape.Length > 0 && s.Output().Rank > 0) shape[0] = -1;
        s.AddExact(0, s.G.Reshape(s.Dy, shape));
    }

    private static void Transpose(GradientScope s)
    {
        int rank = s.Input(0).Rank;
        long[] order = s.Attributes.Ints("perm") ?? Enumerable.Range(0, rank).Reverse().Select(i => (long)i).ToArray();
        long[] inverse = new long[rank];
        for (int i = 0; i < rank; i++) inverse[order[i]] = i;
        s.AddExact(0, s.G.Transpose(s.Dy, inverse));
    }
}
