using Pellucid.Graphs;

namespace Pellucid.Host.Verification.Manifests;

/// <summary>Finds the suites that a folder is or holds.</summary>
internal static class SuiteFinder
{
    private const int MaxDepth = 4;

    /// <summary>The suite that the folder is, else all suites below it, in the order of their paths.</summary>
    /// <param name="folder">A folder.</param>
    /// <param name="kinds">Suite kinds there are, for messages.</param>
    /// <exception cref="PellucidException">There is no such folder or no suite in it, or the folder's own manifest cannot be read.</exception>
    public static SuitesFound Find(string folder, IEnumerable<string> kinds)
    {
        if (!Directory.Exists(folder))
            throw new PellucidException(File.Exists(folder) ? $"'{folder}' is a file; give the folder of a reference suite" : $"there is no folder '{folder}'");
        if (SuiteManifest.Read(folder) is { } own) return new SuitesFound([own], [], IsOne: true);
        List<SuiteManifest> found = [];
        List<(string Folder, string Reason)> unreadable = [];
        try
        {
            Walk(Path.GetFullPath(folder), 0, found, unreadable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"'{folder}' cannot be searched for reference suites: {e.Message}", e);
        }

        return found.Count + unreadable.Count > 0
            ? new SuitesFound(found, unreadable, IsOne: false)
            : throw new PellucidException(
                $"'{folder}' is no reference suite and holds none: looked in it and its folders ({MaxDepth} deep) for a {SuiteManifest.FileName} "
                + $"whose \"suite\" is one of {string.Join(", ", kinds.Order(StringComparer.Ordinal))}");
    }

    private static void Walk(string folder, int depth, List<SuiteManifest> found, List<(string Folder, string Reason)> unreadable)
    {
        try
        {
            if (SuiteManifest.Read(folder) is { } manifest)
            {
                found.Add(manifest);
                return;
            }
        }
        catch (PellucidException fault)
        {
            unreadable.Add((folder, fault.Message));
            return;
        }

        if (depth == MaxDepth) return;
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden };
        foreach (string child in Directory.EnumerateDirectories(folder, "*", options).Order(StringComparer.Ordinal)) Walk(child, depth + 1, found, unreadable);
    }
}
