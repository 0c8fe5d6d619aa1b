using System.Numerics.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Plugins.MedClip.Tests;

/// <summary>Comparisons by the tolerance rule of the reference data.</summary>
internal static class Numbers
{
    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what, double relative = 1e-4)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0, worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            worst = double.Max(worst, Math.Abs((double)expected[i] - actual[i]));
        }

        Assert.True(worst <= relative * largest, $"{what}: off by {worst}, largest value {largest}");
    }

    public static float[] Normalized(HostTensor vector)
    {
        float[] result = vector.Floats.ToArray();
        TensorPrimitives.Divide(result, TensorPrimitives.Norm<float>(result), result);
        return result;
    }
}
