using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Retrieval;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>States of images with up to three captions each, some shared, every caption explained; and their recalls by sorting everything.</summary>
internal sealed class RandomPool
{
    private const int Width = 6, Points = 3;
    private readonly Modality _side;
    private readonly List<(int Image, int Caption, float[][] Changed)> _members = [];
    private readonly Dictionary<int, float[]> _images = [], _captions = [];
    private readonly HashSet<(int Image, int Caption)> _pairs = [];

    public RandomPool(Modality side, int images, ulong seed)
    {
        _side = side;
        SeededRandom random = new(seed);
        for (int i = 0; i < images; i++)
        {
            _images[i] = Unit(random);
            int[] own = [.. Enumerable.Range(0, 1 + (i % 3)).Select(c => c == 0 && i % 7 == 1 ? 3 * (i - 1) : (3 * i) + c)];
            foreach (int c in own)
            {
                _captions.TryAdd(c, Unit(random));
                _pairs.Add((i, c));
            }

            foreach (int c in own) _members.Add((i, c, [.. Enumerable.Range(0, Points).Select(_ => Unit(random))]));
        }
    }

    public IReadOnlyList<MetricResult> Items => [.. _members.Select(m =>
    {
        int[] captions = [m.Caption, .. _pairs.Where(p => p.Image == m.Image && p.Caption != m.Caption).Select(p => p.Caption)];
        float[][] rows = [_images[m.Image], .. captions.Select(c => _captions[c])];
        return MetricResult.Pooled(new Dictionary<string, HostTensor>(StringComparer.Ordinal)
        {
            [RetrievalState.Ids] = HostTensor.Of([.. captions.Prepend(m.Image).SelectMany(id => new long[] { id, -id })], rows.Length, 2),
            [RetrievalState.Embeddings] = HostTensor.Of(rows.SelectMany(r => r).ToArray(), rows.Length, Width),
            [RetrievalState.Changed] = HostTensor.Of(m.Changed.SelectMany(r => r).ToArray(), Points, Width),
        });
    })];

    public double[] Recalls(int item, Modality retrieved, int depth, GalleryState state) => [.. Enumerable.Range(0, Points).Select(p => Recall(item, retrieved, depth, state, p))];

    private double Recall(int item, Modality retrieved, int depth, GalleryState state, int point)
    {
        (int image, int caption, float[][] changed) = _members[item];
        bool looksAmongChanged = retrieved == _side;
        float[] query = !looksAmongChanged ? changed[point] : _side == Modality.Image ? _captions[caption] : _images[image];
        Dictionary<int, float[]> gallery = new(retrieved == Modality.Image ? _images : _captions);
        int own = retrieved == Modality.Image ? image : caption;
        HashSet<int> wanted = [.. _pairs.Where(p => retrieved == Modality.Image ? p.Caption == caption : p.Image == image).Select(p => retrieved == Modality.Image ? p.Image : p.Caption)];
        if (looksAmongChanged)
        {
            if (state == GalleryState.Changed)
            {
                foreach (int id in gallery.Keys.ToArray()) gallery[id] = _members.First(m => (_side == Modality.Image ? m.Image : m.Caption) == id).Changed[point];
            }
            else
            {
                foreach (int id in wanted.Where(w => w != own)) gallery.Remove(id);
            }

            gallery[own] = changed[point];
        }

        return gallery.OrderByDescending(g => g.Value.Zip(query, (a, b) => (double)a * b).Sum()).Take(depth).Any(g => wanted.Contains(g.Key)) ? 1 : 0;
    }

    private static float[] Unit(SeededRandom random)
    {
        double[] values = [.. Enumerable.Range(0, Width).Select(_ => random.NextNormal())];
        double norm = Math.Sqrt(values.Sum(v => v * v));
        return [.. values.Select(v => (float)(v / norm))];
    }
}
