using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>
/// Looks for every image by its caption and for captions by their image, at every step. Memory holds the unchanged embeddings, each once, and those of the changed
/// ones for some steps at a time; the rest stays where the items' states are.
/// </summary>
/// <param name="question">What is asked.</param>
/// <param name="changed">Which side is changed.</param>
/// <param name="places">Where so many points lie on a curve.</param>
internal sealed class RetrievalPool(RetrievalQuestion question, Modality changed, Func<int, IReadOnlyList<double>> places) : IMetricPool
{
    /// <summary>Numbers of changed embeddings that are held at once.</summary>
    private const int MostHeld = 1 << 23;

    private readonly List<MetricResult> _items = [];
    private readonly List<Member> _members = [];
    private readonly IdentifiedRows _images = new(), _captions = new();

    private IdentifiedRows ChangedSide => changed == Modality.Image ? _images : _captions;

    private IdentifiedRows FixedSide => changed == Modality.Image ? _captions : _images;

    /// <inheritdoc/>
    public void Add(MetricResult item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Add(item);
        if (item.Status != MetricStatus.Pooled) return;
        long[] ids = item.State[RetrievalState.Ids].Int64s.ToArray();
        HostTensor embeddings = item.State[RetrievalState.Embeddings];
        int width = (int)embeddings.Shape[1];
        int image = _images.Add((ids[0], ids[1]), embeddings.Floats[..width]);
        int[] captions = [.. Enumerable.Range(1, (ids.Length / 2) - 1).Select(c => _captions.Add((ids[2 * c], ids[(2 * c) + 1]), embeddings.Floats.Slice(c * width, width)))];
        foreach (int caption in captions) IdentifiedRows.Join(_images, image, _captions, caption);
        _members.Add(changed == Modality.Image ? new Member(_items.Count - 1, image, captions[0]) : new Member(_items.Count - 1, captions[0], image));
    }

    /// <inheritdoc/>
    public PooledResult Finish()
    {
        if (_members.Count == 0) return new PooledResult(MetricResult.Undefined("no image and caption was measured"), _items);
        int points = (int)_items[_members[0].Item].State[RetrievalState.Changed].Shape[0], width = _images.Rows[0].Length;
        RankCounts[][] byChanged = New(points), byFixed = New(points);
        int together = Math.Clamp(MostHeld / (_members.Count * width), 1, points);
        for (int from = 0; from < points; from += together)
        {
            int count = Math.Min(together, points - from);
            ReadOnlyMemory<float>[] held = [.. _members.Select(m => (ReadOnlyMemory<float>)_items[m.Item].State[RetrievalState.Changed].Floats.Slice(from * width, count * width).ToArray())];
            for (int p = 0; p < count; p++)
            {
                ReadOnlyMemory<float>[] rows = [.. held.Select(h => h.Slice(p * width, width))];
                Put(byChanged, from + p, new Gallery(FixedSide.Rows).Count([.. _members.Select((m, i) => new RetrievalQuery(rows[i], ChangedSide.Partners[m.Changed], []))]));
                Put(byFixed, from + p, question.Gallery == GalleryState.Changed ? AmongChanged(rows) : AmongUnchanged(rows));
            }
        }

        MetricResult[] results = [.. _items];
        IReadOnlyList<double> x = places(points);
        for (int i = 0; i < _members.Count; i++)
            results[_members[i].Item] = changed == Modality.Image ? Result(byFixed[i], byChanged[i], x) : Result(byChanged[i], byFixed[i], x);
        return new PooledResult(Overall(results), results);
    }

    private static void Put(RankCounts[][] ranks, int point, RankCounts[] found)
    {
        for (int i = 0; i < found.Length; i++) ranks[i][point] = found[i];
    }

    private RankCounts[][] New(int points) => [.. _members.Select(_ => new RankCounts[points])];

    /// <summary>The gallery holds each changed image or caption once, as its first member changed it; a query's own as its own member did.</summary>
    private RankCounts[] AmongChanged(ReadOnlyMemory<float>[] rows)
    {
        int[] inGallery = [.. Enumerable.Repeat(-1, ChangedSide.Rows.Count)];
        List<ReadOnlyMemory<float>> gallery = [];
        for (int i = 0; i < _members.Count; i++)
        {
            if (inGallery[_members[i].Changed] >= 0) continue;
            inGallery[_members[i].Changed] = gallery.Count;
            gallery.Add(rows[i]);
        }

        return new Gallery(gallery).Count([.. _members.Select((m, i) =>
            new RetrievalQuery(FixedSide.Rows[m.Fixed], [.. FixedSide.Partners[m.Fixed].Select(p => inGallery[p]).Where(p => p >= 0)], [], inGallery[m.Changed], rows[i]))]);
    }

    /// <summary>Only the query's own is changed; unchanged ones that are as right count neither way.</summary>
    private RankCounts[] AmongUnchanged(ReadOnlyMemory<float>[] rows) => new Gallery(ChangedSide.Rows).Count([.. _members.Select((m, i) =>
        new RetrievalQuery(FixedSide.Rows[m.Fixed], [m.Changed], FixedSide.Partners[m.Fixed], m.Changed, rows[i]))]);

    private MetricResult Result(RankCounts[] images, RankCounts[] texts, IReadOnlyList<double> x)
    {
        MetricCurve[] curves = [.. Curves(Modality.Image, images, x), .. Curves(Modality.Text, texts, x)];
        string name = RetrievalQuestion.Name(question.Retrieve, question.At);
        return curves.FirstOrDefault(c => c.Name == name) is { } asked
            ? MetricResult.Of(asked.Area) with { Curves = curves, Details = curves.ToDictionary(c => "auc " + c.Name, c => c.Area, StringComparer.Ordinal) }
            : MetricResult.Undefined($"fewer than {question.At} other {(question.Retrieve == Modality.Image ? "images" : "captions")} stand against what is looked for, so that it is always found");
    }

    /// <summary>Recalls at the depths at which one that is looked for can be missed.</summary>
    private IEnumerable<MetricCurve> Curves(Modality retrieved, RankCounts[] ranks, IReadOnlyList<double> x) => question.Depths.Where(d => ranks[0].Others >= d)
        .Select(d => new MetricCurve(RetrievalQuestion.Name(retrieved, d), x, [.. ranks.Select(r => r.Recall(d))]));

    private MetricResult Overall(MetricResult[] results)
    {
        MetricResult[] measured = [.. results.Where(r => r.Status == MetricStatus.Measured)];
        if (measured.Length == 0) return MetricResult.Undefined(results[_members[0].Item].Reason!);
        SortedDictionary<string, double> details = new(StringComparer.Ordinal) { ["images"] = _images.Rows.Count, ["captions"] = _captions.Rows.Count };
        foreach (var detail in measured.SelectMany(r => r.Details).GroupBy(d => d.Key, StringComparer.Ordinal)) details[detail.Key] = detail.Average(d => d.Value);
        return MetricResult.Of(measured.Average(r => r.Value)) with { Details = details };
    }

    /// <summary>An image with its explained caption.</summary>
    /// <param name="Item">Number of the item.</param>
    /// <param name="Changed">Place on the changed side.</param>
    /// <param name="Fixed">Place on the other.</param>
    private sealed record Member(int Item, int Changed, int Fixed);
}
