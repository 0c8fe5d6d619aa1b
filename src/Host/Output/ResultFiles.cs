using System.Text.RegularExpressions;

namespace Pellucid.Host.Output;

/// <summary>Names of the files that an explanation consists of.</summary>
public static partial class ResultFiles
{
    /// <summary>Results and provenance.</summary>
    public const string Explanation = "explanation.json";

    /// <summary>Maps as tensors.</summary>
    public const string Maps = "maps.safetensors";

    /// <summary>The page for people.</summary>
    public const string Report = "report.html";

    /// <summary>How long it took; part of no comparison.</summary>
    public const string Timings = "timings.json";

    /// <summary>Scores of a classification, with provenance.</summary>
    public const string Classification = "classification.json";

    /// <summary>The same scores as a table.</summary>
    public const string Scores = "scores.csv";

    /// <summary>All pictures of the demo in one.</summary>
    public const string Montage = "montage.png";

    /// <summary>The picture of a map over its image.</summary>
    public static string Overlay(int image, int text, int explainer) => $"overlay-{image}-{text}-{explainer}.png";

    /// <summary>Whether a file name is one of these.</summary>
    public static bool IsOne(string name) => name is Explanation or Maps or Classification or Scores or Report or Timings or Montage or Demo.DemoFiles.Marker || OverlayName().IsMatch(name);

    [GeneratedRegex(@"^overlay-\d+-\d+-\d+\.png$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OverlayName();
}
