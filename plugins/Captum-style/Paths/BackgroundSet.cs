using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>The baselines that expected gradients draw from: named ones, image files, and all images of folders.</summary>
internal static class BackgroundSet
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".dcm" };

    /// <summary>Reads those that samples will draw; the others are left where they are.</summary>
    /// <param name="request">The image, its model and the seed.</param>
    /// <param name="options">The background.</param>
    /// <param name="images">Reads files.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>C x H x W values each; null for one of new random colors, and for one that is never drawn.</returns>
    /// <exception cref="PellucidException">A file or folder is missing, a folder has no images, or one does not fit.</exception>
    public static float[]?[] Read(ExplanationRequest request, ExpectedGradientsOptions options, IImageReader images, CancellationToken cancellationToken)
    {
        string[] entries = [.. options.Background.SelectMany(Expand)];
        HashSet<int> drawn = [.. Enumerable.Range(0, options.Samples).Select(s => DrawnPathSamples.Choose(request.Seed, s, entries.Length).Baseline)];
        float[]?[] baselines = new float[]?[entries.Length];
        foreach (int i in drawn.Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Baseline.IsNamed(entries[i])) baselines[i] = BaselineImage.Read(request, entries[i], images, cancellationToken);
            else if (entries[i] != Baseline.Random) baselines[i] = Baseline.Of(request, entries[i], options.Blur, new SeededRandom(request.Seed));
        }

        return baselines;
    }

    private static IEnumerable<string> Expand(string entry)
    {
        if (Baseline.IsNamed(entry) || File.Exists(entry)) return [entry];
        if (!Directory.Exists(entry))
            throw new PellucidException($"background '{entry}' is neither a baseline ({Baseline.Known}) nor a file or folder{NearestNames.Suffix(entry, Baseline.Known.Split(", "))}");
        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(entry).Where(f => Extensions.Contains(Path.GetExtension(f))).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the folder {entry} cannot be read: {e.Message}", e);
        }

        return files.Length > 0 ? files : throw new PellucidException($"the folder {entry} has no images ({string.Join(", ", Extensions.Order(StringComparer.Ordinal))}) to draw baselines from");
    }
}
