namespace Pellucid.Modeling.Checkpoints;

/// <summary>Text from a file, made fit for a message.</summary>
internal static class Printable
{
    /// <summary>The text with control characters replaced by '?': a name in a hostile file must not steer the user's terminal.</summary>
    internal static string Of(string text) =>
        text.Any(char.IsControl) ? string.Create(text.Length, text, (span, t) => { for (int i = 0; i < t.Length; i++) span[i] = char.IsControl(t[i]) ? '?' : t[i]; }) : text;
}
