namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>Embeddings of images or of captions, each once, by their hashes.</summary>
internal sealed class IdentifiedRows
{
    private readonly Dictionary<(long, long), int> _places = [];

    /// <summary>The embeddings, in the order in which they came.</summary>
    public List<ReadOnlyMemory<float>> Rows { get; } = [];

    /// <summary>For each the others' side: captions of an image, images of a caption.</summary>
    public List<List<int>> Partners { get; } = [];

    /// <summary>Place of one; it is taken in where it is new.</summary>
    public int Add((long, long) id, ReadOnlySpan<float> row)
    {
        if (_places.TryGetValue(id, out int place)) return place;
        _places[id] = Rows.Count;
        Rows.Add(row.ToArray());
        Partners.Add([]);
        return Rows.Count - 1;
    }

    /// <summary>Says that an image and a caption belong together.</summary>
    public static void Join(IdentifiedRows images, int image, IdentifiedRows captions, int caption)
    {
        if (images.Partners[image].Contains(caption)) return;
        images.Partners[image].Add(caption);
        captions.Partners[caption].Add(image);
    }
}
