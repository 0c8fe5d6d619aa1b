using System.Globalization;
using System.Text;

namespace Pellucid.Host.Options;

/// <summary>Writes specifications so that <see cref="SpecParser"/> reads the same again.</summary>
public static class SpecWriter
{
    /// <summary>A value as text, without white space but the one after commas.</summary>
    public static string Write(SpecValue value) => value switch
    {
        SpecWord word => word.Text,
        SpecText text => WriteText(text.Text),
        SpecList list => $"[{string.Join(", ", list.Items.Select(Write))}]",
        SpecCall { Arguments.Count: 0 } call => call.Name.Text,
        SpecCall call => $"{call.Name.Text}({string.Join(", ", call.Arguments.Select(a => $"{a.Name.Text}={Write(a.Value)}"))})",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "no such kind of value"),
    };

    /// <summary>A text, bare where it is one word, else quoted.</summary>
    public static string WriteText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 0 && text.All(IsWordCharacter)) return text;
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(c) || char.IsSurrogate(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether a character can stand in a bare word.</summary>
    internal static bool IsWordCharacter(char c) =>
        !char.IsWhiteSpace(c) && !char.IsControl(c) && !char.IsSurrogate(c) && c is not (',' or '(' or ')' or '[' or ']' or '=' or '"' or '\'' or '\\');
}
