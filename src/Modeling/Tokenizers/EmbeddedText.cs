namespace Pellucid.Modeling.Tokenizers;

/// <summary>Line by line access to the data files that are built into this assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>The lines of a file of Tokenizers/Data, comments left out.</summary>
    /// <param name="file">File name without folder.</param>
    public static IEnumerable<string> Lines(string file)
    {
        string name = $"{typeof(EmbeddedText).Namespace}.Data.{file}";
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {name}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line;
        }
    }
}
