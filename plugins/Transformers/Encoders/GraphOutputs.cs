using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Encoders;

/// <summary>What all graphs here give out.</summary>
internal static class GraphOutputs
{
    /// <summary>Keeps served and explained scores and the embedding as outputs, and nothing else.</summary>
    public static void KeepScores(this GraphBuilder g, TargetGraph target)
    {
        Value scores = g.Find(EncoderNames.Scores), embedding = g.Find(target.Embedding);
        Value? explained = g.Has(ExplainedFork.Scores) ? g.Find(ExplainedFork.Scores) : null;
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        g.Output(target.Embedding, embedding);
        if (explained is not null) g.Output(ExplainedFork.Scores, explained);
    }
}
