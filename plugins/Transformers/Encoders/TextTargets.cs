using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Encoders;

/// <summary>The texts of a request as a batch for the text encoder.</summary>
internal static class TextTargets
{
    /// <summary>Texts in a run: more hold more activations and are no faster.</summary>
    private const int TextsAtOnce = 16;

    /// <summary>Whether words are to be explained: they are asked for, and the targets are texts.</summary>
    public static bool Wanted(ExplanationRequest request) => request.ExplainText && request.Targets[0] is MatchingScoreTarget;

    /// <summary>The texts.</summary>
    public static TokenizedText[] Of(IReadOnlyList<ExplanationTarget> targets) => [.. targets.Select(t => ((MatchingScoreTarget)t).Text.Tokens)];

    /// <summary>Their ids, [K, L].</summary>
    /// <exception cref="PellucidException">A text was tokenized for another model.</exception>
    public static HostTensor Ids(IReadOnlyList<TokenizedText> texts, int length)
    {
        if (texts.FirstOrDefault(t => t.Ids.Count != length) is { } other)
            throw new PellucidException($"\"{other.Text}\" has {other.Ids.Count} token ids, the text encoder takes {length}: it was prepared for another model");
        return HostTensor.Of([.. texts.SelectMany(t => t.Ids)], texts.Count, length);
    }

    /// <summary>Runs a graph over the texts, a few at a time; the image embedding goes into each run whole.</summary>
    public static Task<IReadOnlyDictionary<string, HostTensor>> RunAsync(
        IGraphRunner runner, Graph graph, TargetGraph target, HostTensor ids, CancellationToken cancellationToken) =>
        runner.RunInBatchesAsync(graph, target.Feed(ids), TextsAtOnce, [target.Input], progress: null, cancellationToken);
}
