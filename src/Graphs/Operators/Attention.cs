namespace Pellucid.Graphs.Operators;

/// <summary>Scaled dot-product attention.</summary>
public static class Attention
{
    /// <summary>
    /// softmax(q k^T / sqrt(D / heads) + mask) v for each head, heads side by side again at the end.
    /// One head gives the single-head attention that Grad-ECLIP explains, on the same weights.
    /// </summary>
    /// <param name="g">Graph under construction.</param>
    /// <param name="query">[B, N, D].</param>
    /// <param name="key">[B, N, D].</param>
    /// <param name="value">[B, N, D].</param>
    /// <param name="heads">Number of heads; D must be a multiple of it.</param>
    /// <param name="mask">Added to the scores: [1, 1, N, N]; null for none.</param>
    /// <returns>The result [B, N, D], before any output projection, and the probabilities [B, heads, N, N].</returns>
    public static (Value Output, Value Probabilities) ScaledDotProduct(
        this GraphBuilder g, Value query, Value key, Value value, int heads, Value? mask = null)
    {
        long width = query.Shape[2];
        if (width % heads != 0) throw new GraphException($"{width} channels cannot be split into {heads} heads");
        long headWidth = width / heads;

        Value Split(Value x) => g.Transpose(g.Reshape(x, -1, x.Shape[1], heads, headWidth), 0, 2, 1, 3);

        Value scores = g.MatMulTransposed(Split(query), Split(key), (float)(1 / Math.Sqrt(headWidth)));
        if (mask is not null) scores = g.Add(scores, mask);
        Value probabilities = g.Softmax(scores);
        Value mixed = g.Transpose(g.MatMul(probabilities, Split(value)), 0, 2, 1, 3);
        return (g.Reshape(mixed, -1, query.Shape[1], width), probabilities);
    }
}
