namespace Pellucid.Host.Reports;

/// <summary>
/// A picture with the words of a text under it; pointing at a word, or reaching it with the Tab key, lays the word's picture over the first.
/// Styles alone do it, so that it works in a file that is opened without scripts.
/// </summary>
internal static class LinkedWords
{
    /// <summary>Writes it.</summary>
    /// <param name="html">The page.</param>
    /// <param name="picture">Description and PNG of what is seen first.</param>
    /// <param name="words">Each word with a PNG of the same size.</param>
    public static void Render(HtmlWriter html, (string Description, byte[] Png) picture, IReadOnlyList<(string Word, byte[] Png)> words)
    {
        html.Raw("<figure class=\"linked\">").Picture(picture.Png, picture.Description, "map").Raw("<figcaption>").Text(picture.Description).Raw("</figcaption><p class=\"words\">");
        foreach ((string word, byte[] png) in words)
            html.Raw("<span tabindex=\"0\">").Text(word).Picture(png, $"{picture.Description}: {word}", "map").Raw("</span>");
        html.Raw("</p></figure>\n");
    }
}
