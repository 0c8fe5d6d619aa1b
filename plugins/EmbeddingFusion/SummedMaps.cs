using Pellucid.Abstractions.Explanations;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>The maps of all embedding dimensions, summed with the weights of targets.</summary>
/// <param name="Note">What is known of the maps.</param>
/// <param name="Rows">The sums.</param>
internal sealed record SummedMaps(MapsNote Note, WeightedRows Rows)
{
    /// <summary>Fewest and most values of a part of a row that one thread sums at a time: worth a thread, and small enough for a core's cache.</summary>
    private const int SmallestBand = 1 << 12, LargestBand = 1 << 15;

    /// <summary>Sums maps as the inner explainer makes them, and keeps them where a cache takes them.</summary>
    /// <param name="maps">Makes them.</param>
    /// <param name="request">The request.</param>
    /// <param name="weights">[K][E].</param>
    /// <param name="elements">Whether elements are wanted.</param>
    /// <param name="create">Starts an entry of so many rows and values; may give none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<SummedMaps> MakeAsync(
        DimensionMaps maps, ExplanationRequest request, float[][] weights, bool elements, Func<int, int, IMapWriter?> create, CancellationToken cancellationToken)
    {
        int dimensions = request.Model.Description.EmbeddingDimension, dimension = 0, warned = 0;
        string firstWarning = string.Empty;
        SummedMaps? sums = null;
        float[] row = [], packed = [];
        IMapWriter? writer = null;
        try
        {
            await foreach (Explanation e in maps.ExplainAsync(request, cancellationToken))
            {
                if (sums is null)
                {
                    MapsNote note = MapsNote.Of(e, dimensions, elements);
                    sums = new SummedMaps(note, new WeightedRows(weights, note.RowLength));
                    (row, packed) = (new float[note.RowLength], new float[PackedRow.PackedLength(note.RowLength)]);
                    writer = create(dimensions, packed.Length);
                }

                if (e.Warning is { } warning && warned++ == 0) firstWarning = $"dimension {dimension}: {warning}";
                (sums.Note.Embedding[dimension], sums.Note.Explained[dimension]) = ((float)e.Score, e.ExplainedScore);
                e.Image!.Map.Floats.CopyTo(row);
                if (sums.Note.Elements is not null) e.Image.Elements!.Floats.CopyTo(row.AsSpan(sums.Note.MapLength));
                PackedRow.Pack(row, packed);
                sums.Rows.Add(dimension, 0, row.Length, packed);
                writer?.Add(packed);
                dimension++;
            }

            if (warned > 0) sums = sums! with { Note = sums.Note with { Warning = $"maps of {warned} of {dimensions} embedding dimensions have a warning; of {firstWarning}" } };
            writer?.Complete(sums!.Note.Write());
            return sums!;
        }
        finally
        {
            writer?.Dispose();
        }
    }

    /// <summary>Sums stored maps: every row is read once, whatever the number of targets.</summary>
    public static SummedMaps Read(IStoredMaps stored, MapsNote note, float[][] weights, CancellationToken cancellationToken)
    {
        int length = note.RowLength, band = BandOf(length), bands = (length + band - 1) / band;
        var rows = new WeightedRows(weights, length);
        Parallel.For(0, bands, new ParallelOptions { CancellationToken = cancellationToken }, b =>
        {
            int start = b * band, end = Math.Min(length, start + band), i = 0;
            for (; i + 4 <= stored.Rows; i += 4) rows.AddFour(i, start, end, stored.Row(i), stored.Row(i + 1), stored.Row(i + 2), stored.Row(i + 3));
            for (; i < stored.Rows; i++) rows.Add(i, start, end, stored.Row(i));
        });
        return new SummedMaps(note, rows);
    }

    /// <summary>One band a thread where that fits: the longer a stream of memory, the faster it comes.</summary>
    private static int BandOf(int length)
    {
        int even = (length + Environment.ProcessorCount - 1) / Environment.ProcessorCount;
        return Math.Clamp((even + SmallestBand - 1) / SmallestBand * SmallestBand, SmallestBand, LargestBand);
    }
}
