using System.Numerics.Tensors;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>Embeddings of length 1 among which queries look for some.</summary>
/// <param name="rows">The embeddings.</param>
internal sealed class Gallery(IReadOnlyList<ReadOnlyMemory<float>> rows)
{
    /// <summary>Cosines that differ by less are equal: embeddings carry rounding that depends on the batch they were computed in.</summary>
    public const double Equal = 1e-6;

    /// <summary>Queries that go through the gallery together: they stay in the processor's cache.</summary>
    private const int Together = 32;

    /// <summary>Where each query finds what it looks for.</summary>
    public RankCounts[] Count(IReadOnlyList<RetrievalQuery> queries)
    {
        RankCounts[] counts = new RankCounts[queries.Count];
        Parallel.For(0, (queries.Count + Together - 1) / Together, block =>
        {
            int from = block * Together, until = Math.Min(queries.Count, from + Together);
            Count(queries, from, counts.AsSpan(from, until - from));
        });
        return counts;
    }

    private void Count(IReadOnlyList<RetrievalQuery> queries, int from, Span<RankCounts> counts)
    {
        Span<double> best = stackalloc double[Together];
        Span<int> before = stackalloc int[Together], beside = stackalloc int[Together];
        for (int q = 0; q < counts.Length; q++) best[q] = queries[from + q].Wanted.Max(w => Cosine(queries[from + q], w));
        foreach (ReadOnlyMemory<float> row in rows)
        {
            for (int q = 0; q < counts.Length; q++) Add(TensorPrimitives.Dot(row.Span, queries[from + q].Vector.Span), best[q], 1, ref before[q], ref beside[q]);
        }

        for (int q = 0; q < counts.Length; q++)
        {
            RetrievalQuery query = queries[from + q];
            int[] away = [.. query.Wanted.Concat(query.LeftOut).Distinct()];
            foreach (int place in away) Add(TensorPrimitives.Dot(rows[place].Span, query.Vector.Span), best[q], -1, ref before[q], ref beside[q]);
            double least = best[q] - Equal;
            counts[q] = new RankCounts(before[q], beside[q], query.Wanted.Count(w => Cosine(query, w) >= least), rows.Count - away.Length);
        }
    }

    private double Cosine(RetrievalQuery query, int place) => TensorPrimitives.Dot(place == query.Own ? query.OwnVector.Span : rows[place].Span, query.Vector.Span);

    private static void Add(double cosine, double best, int count, ref int before, ref int beside)
    {
        if (cosine > best + Equal) before += count;
        else if (cosine >= best - Equal) beside += count;
    }
}
