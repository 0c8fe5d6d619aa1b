using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Host.Data;

/// <summary>Images as a user names them: files and folders.</summary>
public static class ImageArguments
{
    /// <summary>The files that are named, and those with an image's ending in the folders that are named and below, in ordinal order.</summary>
    /// <exception cref="PellucidException">A place does not exist, a folder has no image, or an image is named twice.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        List<string> files = [];
        foreach (string place in places)
        {
            if (!Directory.Exists(place))
            {
                files.Add(File.Exists(place) ? place : throw new PellucidException($"there is no image file or folder '{place}'"));
                continue;
            }

            string[] found = [.. ImageFiles.Of(place, below: true).Order(StringComparer.Ordinal)];
            if (found.Length == 0) throw new PellucidException($"the folder '{place}' holds no image ({string.Join(", ", ImageFiles.Endings)})");
            files.AddRange(found);
        }

        if (files.GroupBy(Path.GetFullPath, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new PellucidException($"the image '{twice.First()}' is named twice");
        return files;
    }
}
