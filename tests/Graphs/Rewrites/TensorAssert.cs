namespace Pellucid.Graphs.Tests.Rewrites;

/// <summary>Compares tensors.</summary>
internal static class TensorAssert
{
    /// <summary>Same shape, and no element further apart than the tolerance times the largest expected magnitude.</summary>
    public static void Close(HostTensor expected, HostTensor actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        ReadOnlySpan<float> e = expected.ToFloat32().Floats, a = actual.ToFloat32().Floats;
        double scale = 0, worst = 0;
        for (int i = 0; i < e.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(e[i]));
            worst = Math.Max(worst, Math.Abs(e[i] - a[i]));
            Assert.False(float.IsNaN(a[i]) && !float.IsNaN(e[i]), $"element {i} is NaN");
        }

        Assert.True(worst <= tolerance * scale, $"differs by {worst:g3} where the largest value is {scale:g3}");
    }
}
