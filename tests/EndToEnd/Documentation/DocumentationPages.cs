using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests.Documentation;

/// <summary>All pages that people read.</summary>
internal static class DocumentationPages
{
    /// <summary>Paths from the repository's root, with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md" },
        .. Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(RepositoryPaths.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(RepositoryPaths.Root, page)).ReplaceLineEndings("\n");
}
