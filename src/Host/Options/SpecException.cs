using Pellucid.Graphs;

namespace Pellucid.Host.Options;

/// <summary>An explainer specification cannot be used. The message shows the text with the place underlined.</summary>
public sealed class SpecException : PellucidException
{
    private const int WidestLine = 100;

    /// <summary>Makes the error.</summary>
    /// <param name="source">The whole specification.</param>
    /// <param name="start">Index of the first character that is wrong; the length of the text for its end.</param>
    /// <param name="length">How many characters are wrong.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public SpecException(string source, int start, int length, string problem)
        : base(Render(source, start, length, problem))
    {
        Position = start;
        Problem = problem;
    }

    /// <summary>Index of the first character that is wrong.</summary>
    public int Position { get; }

    /// <summary>What is wrong, without the picture of the place.</summary>
    public string Problem { get; }

    private static string Render(string source, int start, int length, string problem)
    {
        // Of a long text only the surroundings are shown; control characters would break the alignment.
        int from = Math.Max(0, Math.Min(start - WidestLine / 2, source.Length - WidestLine));
        string shown = string.Concat(source.Skip(from).Take(WidestLine).Select(c => char.IsControl(c) ? ' ' : c));
        int caret = start - from;
        string marks = new('^', Math.Clamp(length, 1, Math.Max(1, shown.Length - caret)));
        return $"{problem}, at character {start + 1}:\n  {shown}\n  {new string(' ', caret)}{marks}";
    }
}
