using System.Text;

namespace Pellucid.Host.Options;

/// <summary>How names in C# and names that users write belong together: <c>LayerCount</c> is <c>layer-count</c>, and <c>layerCount</c> is understood.</summary>
public static class OptionNames
{
    /// <summary>The name as users see it: lower-case words joined by dashes.</summary>
    public static string ToKebab(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        StringBuilder kebab = new();
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString();
    }

    /// <summary>Whether two spellings are one name: case, dashes and underscores do not count.</summary>
    public static bool Match(string a, string b) => string.Equals(Fold(a), Fold(b), StringComparison.OrdinalIgnoreCase);

    private static string Fold(string name) =>
        name.Replace("-", string.Empty, StringComparison.Ordinal).Replace("_", string.Empty, StringComparison.Ordinal);
}
