namespace Pellucid.Host.Plugins;

/// <summary>Which paths a manifest may name. The rules are those of all platforms together, so that a plugin is fine everywhere or nowhere.</summary>
internal static class PluginPaths
{
    private const int LongestPath = 240;

    /// <summary>What is wrong with a path in a manifest, or null.</summary>
    public static string? Fault(string path)
    {
        if (path.Length == 0) return "is empty";
        if (path.Length > LongestPath) return $"is longer than {LongestPath} characters";
        if (path.Contains('\\', StringComparison.Ordinal)) return "contains a backslash; use forward slashes";
        if (path[0] == '/') return "is absolute";
        if (path.Any(c => char.IsControl(c) || c is ':' or '*' or '?' or '"' or '<' or '>' or '|')) return "contains a character that is not allowed";
        foreach (string segment in path.Split('/'))
        {
            if (segment is "." or "..") return "leaves the plugin's folder";
            if (segment.Length == 0) return "has an empty part";
            if (segment[^1] is '.' or ' ') return "has a part that ends with a dot or a space";
        }

        return null;
    }
}
