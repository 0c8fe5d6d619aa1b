using System.Text.RegularExpressions;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests.Documentation;

/// <summary>Links between pages lead somewhere.</summary>
public partial class LinksInPagesTests
{
    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading()
    {
        List<string> broken = [];
        int links = 0;
        foreach (string page in DocumentationPages.All)
        {
            foreach (Match link in Link().Matches(Fence().Replace(DocumentationPages.Read(page), string.Empty)))
            {
                string target = link.Groups["target"].Value;
                if (target.StartsWith("http", StringComparison.Ordinal)) continue;
                links++;
                string[] parts = target.Split('#', 2);
                string folder = Path.GetDirectoryName(Path.Combine(RepositoryPaths.Root, page))!;
                string path = parts[0].Length == 0 ? Path.Combine(RepositoryPaths.Root, page) : Path.GetFullPath(Path.Combine(folder, parts[0]));
                if (!File.Exists(path) && !Directory.Exists(path)) broken.Add($"{page}: {target}");
                else if (parts.Length == 2 && !Anchors(path).Contains(parts[1], StringComparer.Ordinal)) broken.Add($"{page}: {target} (no such heading)");
            }
        }

        Assert.True(links > 30, $"only {links} links were found");
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_is_linked_from_another()
    {
        HashSet<string> linked = [];
        foreach (string page in DocumentationPages.All)
        {
            string folder = Path.GetDirectoryName(Path.Combine(RepositoryPaths.Root, page))!;
            foreach (Match link in Link().Matches(DocumentationPages.Read(page)))
            {
                string path = Path.GetFullPath(Path.Combine(folder, link.Groups["target"].Value.Split('#')[0]));
                if (path != Path.Combine(RepositoryPaths.Root, page)) linked.Add(Path.GetRelativePath(RepositoryPaths.Root, path).Replace('\\', '/'));
            }
        }

        Assert.DoesNotContain(DocumentationPages.All, p => p != "README.md" && !linked.Contains(p));
    }

    /// <summary>Anchors of a page's headings, as GitHub makes them.</summary>
    private static IEnumerable<string> Anchors(string path) =>
        File.ReadLines(path).Where(l => l.StartsWith('#'))
            .Select(l => NotInAnchor().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex NotInAnchor();
}
