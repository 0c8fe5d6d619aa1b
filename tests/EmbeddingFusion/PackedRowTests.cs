namespace Pellucid.Plugins.EmbeddingFusion.Tests;

/// <summary>Rows of maps in 16-bit steps.</summary>
public sealed class PackedRowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(1000)]
    [InlineData(9001)]
    public void ValuesAreWithinHalfAStep(int length)
    {
        float[] row = Row(length, 7), packed = new float[PackedRow.PackedLength(length)];
        PackedRow.Pack(row, packed);
        float largest = row.Max(MathF.Abs), scale = PackedRow.Scale(packed);
        Assert.Equal(largest / 32767, scale);
        for (int i = 0; i < length; i++) Assert.InRange((PackedRow.Steps(packed)[i] * (double)scale) - row[i], -0.505 * scale, 0.505 * scale);
        Assert.Equal(0, packed.Length % 16);
    }

    [Fact]
    public void ZeroStaysZeroAndNotFiniteStaysNotFinite()
    {
        float[] packed = new float[PackedRow.PackedLength(3)];
        PackedRow.Pack([0, -0f, 1e-34f], packed);
        Assert.All(packed, x => Assert.Equal(0, x));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            PackedRow.Pack([1, bad, 2], packed);
            Assert.True(float.IsNaN(PackedRow.Scale(packed)));
            var rows = new WeightedRows([[0.5f]], 3);
            rows.Add(0, 0, 3, packed);
            Assert.All(rows.Sum(0), x => Assert.True(float.IsNaN(x)));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(77)]
    public void FourRowsAtOnceGiveTheBytesOfOneByOne(int length)
    {
        float[][] packed = [.. Enumerable.Range(0, 4).Select(i =>
        {
            float[] one = new float[PackedRow.PackedLength(length)];
            PackedRow.Pack(Row(length, 11 + i), one);
            return one;
        })];
        float[][] weights = [[0.3f, -1.7f, 0.011f, 5], [1, 2, -3, 4]];
        var single = new WeightedRows(weights, length);
        var four = new WeightedRows(weights, length);
        int middle = length / 2;
        for (int i = 0; i < 4; i++) single.Add(i, 0, length, packed[i]);
        four.AddFour(0, 0, middle, packed[0], packed[1], packed[2], packed[3]);
        four.AddFour(0, middle, length, packed[0], packed[1], packed[2], packed[3]);
        for (int k = 0; k < weights.Length; k++) Assert.Equal(single.Sum(k), four.Sum(k));
    }

    private static float[] Row(int length, int seed)
    {
        var random = new Abstractions.Explanations.SeededRandom((ulong)seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextUniform() * 2) - 1))];
    }
}
