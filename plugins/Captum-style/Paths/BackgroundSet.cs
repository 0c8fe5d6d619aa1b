using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>
/// The baselines that expected gradients draw from: named ones, image files, and all images of folders. As many of those that samples draw as fit some memory are read once and held;
/// the others are read again when they are drawn again, so that memory does not grow with the background.
/// </summary>
internal sealed class BackgroundSet
{
    private const long MostBytesHeld = 64L << 20;
    private readonly ExplanationRequest _request;
    private readonly ExpectedGradientsOptions _options;
    private readonly IImageReader _images;
    private readonly CancellationToken _cancellationToken;
    private readonly string[] _entries;
    private readonly Dictionary<int, float[]> _held = [];

    // A batch is drawn twice in succession: to fill it and to take its gradients.
    private readonly (int Number, float[] Pixels)[] _last = new (int, float[])[PointGradients.PointsAtOnce];
    private int _next;

    /// <summary>Finds the baselines, and reads those that are held.</summary>
    /// <param name="request">The image, its model and the seed.</param>
    /// <param name="options">The background.</param>
    /// <param name="images">Reads files.</param>
    /// <param name="cancellationToken">Stops the reading, now and later.</param>
    /// <param name="mostBytesHeld">Most memory for what is held, besides a batch.</param>
    /// <exception cref="PellucidException">A file or folder is missing, a folder has no images, or one does not fit.</exception>
    public BackgroundSet(ExplanationRequest request, ExpectedGradientsOptions options, IImageReader images, CancellationToken cancellationToken, long mostBytesHeld = MostBytesHeld)
    {
        (_request, _options, _images, _cancellationToken) = (request, options, images, cancellationToken);
        _entries = [.. options.Background.SelectMany(Expand)];
        long room = mostBytesHeld / ((long)sizeof(float) * request.Image.Pixels.Length);
        HashSet<int> drawn = [.. Enumerable.Range(0, options.Samples).Select(s => DrawnPathSamples.Choose(request.Seed, s, _entries.Length).Baseline)];
        foreach (int number in drawn.Where(n => _entries[n] != Baseline.Random).Order().TakeWhile(_ => _held.Count < room)) _held[number] = Read(number);
    }

    /// <summary>How many baselines there are.</summary>
    public int Count => _entries.Length;

    /// <summary>A baseline.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>C x H x W values; null for one of new random colors.</returns>
    /// <exception cref="PellucidException">The file cannot be read or does not fit.</exception>
    public float[]? Of(int number)
    {
        if (_entries[number] == Baseline.Random) return null;
        if (_held.TryGetValue(number, out float[]? held)) return held;
        foreach ((int last, float[] pixels) in _last)
        {
            if (pixels is not null && last == number) return pixels;
        }

        float[] read = Read(number);
        _last[_next] = (number, read);
        _next = (_next + 1) % _last.Length;
        return read;
    }

    private float[] Read(int number)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        string entry = _entries[number];
        return Baseline.IsNamed(entry)
            ? Baseline.Of(_request, entry, _options.Blur, new SeededRandom(_request.Seed))
            : BaselineImage.Read(_request, entry, _images, _cancellationToken);
    }

    private static IEnumerable<string> Expand(string entry)
    {
        if (Baseline.IsNamed(entry) || File.Exists(entry)) return [entry];
        if (!Directory.Exists(entry))
            throw new PellucidException($"background '{entry}' is neither a baseline ({Baseline.Known}) nor a file or folder{NearestNames.Suffix(entry, Baseline.Known.Split(", "))}");
        string[] files;
        try
        {
            files = [.. ImageFiles.Of(entry).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the folder {entry} cannot be read: {e.Message}", e);
        }

        return files.Length > 0 ? files : throw new PellucidException($"the folder {entry} has no images ({string.Join(", ", ImageFiles.Endings)}) to draw baselines from");
    }
}
