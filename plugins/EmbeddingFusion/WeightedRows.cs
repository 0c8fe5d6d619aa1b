using System.Numerics.Tensors;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>
/// Sums of rows with the weights of several targets. Rows come in order and every element is summed in that order, so the bytes are the same whether
/// the rows come from the explainer or from the cache.
/// </summary>
/// <param name="weights">[K][E].</param>
/// <param name="length">Elements of a row.</param>
internal sealed class WeightedRows(float[][] weights, int length)
{
    private readonly float[][] _sums = [.. weights.Select(_ => new float[length])];

    /// <summary>The sum of a target.</summary>
    public ReadOnlySpan<float> Sum(int target) => _sums[target];

    /// <summary>Adds a part of a row.</summary>
    /// <param name="dimension">Number of the row.</param>
    /// <param name="start">Where in the row the part starts.</param>
    /// <param name="part">The part.</param>
    public void Add(int dimension, int start, ReadOnlySpan<float> part)
    {
        for (int k = 0; k < _sums.Length; k++)
        {
            Span<float> sum = _sums[k].AsSpan(start, part.Length);
            TensorPrimitives.MultiplyAdd(part, weights[k][dimension], sum, sum);
        }
    }
}
