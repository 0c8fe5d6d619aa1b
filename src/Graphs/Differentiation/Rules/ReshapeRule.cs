using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradient of Reshape and Flatten: back to the input's shape, with as many samples as the cotangent has.</summary>
internal static class ReshapeRule
{
    public static void Apply(GradientScope s)
    {
        TensorShape input = s.Input(0).Shape, output = s.Output().Shape, cotangent = s.Dy.Shape;
        long[] target = input.ToArray();
        int shared = SharedAxes(input, output);
        for (int i = 0; i < shared; i++) target[i] = 0;
        int open = target.Count(d => d == TensorShape.Dynamic);
        if (open > 1)
            throw s.Refuse($"{input} has more than one dimension that only a run knows; import the model with fixed input shapes apart from the batch");
        if (open == 0 && StackedAxis(output, cotangent, shared) is { } stacked) target[Counterpart(s, input, output, stacked)] = -1;
        s.AddExact(0, s.G.Reshape(s.Dy, target));
    }

    /// <summary>
    /// Leading axes that both shapes have in common: the target copies them (0) from the cotangent. Beyond a dynamic axis
    /// that holds only if what remains has the same number of elements on both sides.
    /// </summary>
    private static int SharedAxes(TensorShape input, TensorShape output)
    {
        int shared = 0, firstDynamic = int.MaxValue;
        while (shared < Math.Min(input.Rank, output.Rank) && input[shared] == output[shared])
        {
            if (input[shared] == TensorShape.Dynamic) firstDynamic = Math.Min(firstDynamic, shared);
            shared++;
        }

        if (shared <= firstDynamic) return shared;
        var inputRest = new TensorShape(input.Dimensions[shared..]);
        var outputRest = new TensorShape(output.Dimensions[shared..]);
        bool same = inputRest.IsFixed && outputRest.IsFixed && inputRest.ElementCount() == outputRest.ElementCount();
        return same ? shared : firstDynamic;
    }

    /// <summary>The axis behind the shared ones along which the cotangent holds more samples than the output, if any.</summary>
    private static int? StackedAxis(TensorShape output, TensorShape cotangent, int shared)
    {
        for (int i = shared; i < output.Rank; i++)
        {
            if (output[i] == TensorShape.Dynamic || cotangent[i] != output[i]) return i;
        }

        return null;
    }

    /// <summary>The input axis that starts at the same element as an output axis does: equal products of the dimensions before it.</summary>
    private static int Counterpart(GradientScope s, TensorShape input, TensorShape output, int axis)
    {
        long before = new TensorShape(output.Dimensions[..axis]).ElementCount();
        long product = 1;
        for (int i = 0; i < input.Rank; i++)
        {
            if (product == before) return i;
            product *= input[i];
        }

        throw s.Refuse($"several cotangents are stacked inside a dimension that it merges ({input} to {output}); run them one at a time");
    }
}
