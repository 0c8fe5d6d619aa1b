using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>Items for <see cref="BrightnessModel"/>: white images, and maps that are right, wrong or empty.</summary>
internal static class Scenes
{
    public static readonly CandidateTexts Candidates = CandidateTexts.Of([Text(1, 0), Text(0, 1)]);

    /// <summary>The quarter that the model looks at, distinct values.</summary>
    public static float[] Right => [.. Enumerable.Range(0, 16).Select(p => p % 4 < 2 && p / 4 < 2 ? 2 - (0.01f * p) : 0.5f - (0.01f * p))];

    /// <summary>Everything but that quarter.</summary>
    public static float[] Wrong => [.. Right.Select(v => -v)];

    public static MeasuredItem Item(float[] map, float level = 1, string name = "white") => new()
    {
        Name = name,
        Image = new ImageInput(HostTensor.Of([.. Enumerable.Range(0, 16).Select(p => level - (0.001f * p))], 1, 1, 4, 4), ImageGeometry.Identity(4, 4), name, string.Empty),
        Target = new MatchingScoreTarget(Text(1, 0)),
        Map = HostTensor.Of(map, 4, 4),
        Candidates = Candidates,
        CandidateIndex = 0,
        Seed = 5,
    };

    public static MetricRequest Request(IVisionLanguageModel model, params MeasuredItem[] items) => new() { Model = model, Items = items, BatchSize = 8 };

    private static TextInput Text(params float[] embedding) => new(new TokenizedText("text", [], 0, [], [], Truncated: false, 0), HostTensor.Of(embedding, embedding.Length));
}
