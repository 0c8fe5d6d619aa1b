namespace Pellucid.Graphs.Onnx.Export;

/// <summary>
/// Where a file really is. ONNX Runtime refuses weights that lie outside the given folder once links are followed, and
/// model caches are full of links: the folder must be that of the real files.
/// </summary>
internal static class RealPath
{
    private const int DeepestLinks = 40;

    /// <summary>The full path with every link in it followed; a part that does not exist stays as it is.</summary>
    public static string Of(string path)
    {
        string current = Path.GetFullPath(path);
        for (int i = 0; i < DeepestLinks; i++)
        {
            string next = FollowFirstLink(current);
            if (string.Equals(next, current, StringComparison.Ordinal)) break;
            current = next;
        }

        return current;
    }

    private static string FollowFirstLink(string path)
    {
        string root = Path.GetPathRoot(path) ?? string.Empty;
        string[] parts = path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        string walked = root;
        for (int i = 0; i < parts.Length; i++)
        {
            walked = Path.Combine(walked, parts[i]);
            FileSystemInfo entry = i == parts.Length - 1 ? new FileInfo(walked) : new DirectoryInfo(walked);
            if (entry.LinkTarget is not { } target) continue;
            string resolved = Path.Combine(Path.GetDirectoryName(walked) ?? root, target);
            return Path.GetFullPath(Path.Combine([resolved, .. parts[(i + 1)..]]));
        }

        return path;
    }
}
