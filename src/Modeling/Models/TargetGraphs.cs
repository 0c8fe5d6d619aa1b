using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Models;

/// <summary>Puts targets behind an encoder.</summary>
internal static class TargetGraphs
{
    private const string OtherEmbeds = "counterpart_embeds";
    private const string Selector = "dimension_selector";

    public static TargetGraph Build(
        Graph encoder, Modality side, IFusionRule fusion, IReadOnlyList<ExplanationTarget> targets, HostTensor? counterpart)
    {
        if (targets.Count == 0) throw new PellucidException("no target was given: name at least one text or embedding dimension");
        string kind = targets[0].Kind;
        if (targets.FirstOrDefault(t => !string.Equals(t.Kind, kind, StringComparison.Ordinal)) is { } other)
            throw new PellucidException($"targets of different kinds cannot share a run: {targets[0].Describe()} ({kind}) and {other.Describe()} ({other.Kind})");
        GraphBuilder g = encoder.Edit();
        string embeds = side == Modality.Image ? EncoderNames.ImageEmbeds : EncoderNames.TextEmbeds;
        return targets[0] switch
        {
            MatchingScoreTarget score => Matching(g, encoder, side, fusion, embeds, score.Score, targets, counterpart),
            EmbeddingDimensionTarget => Dimensions(g, encoder, side, embeds, targets),
            _ => throw new PellucidException($"this model cannot resolve the target {targets[0].Describe()}"),
        };
    }

    private static TargetGraph Matching(
        GraphBuilder g, Graph encoder, Modality side, IFusionRule fusion, string embeds, ScoreKind kind, IReadOnlyList<ExplanationTarget> targets, HostTensor? counterpart)
    {
        Value own = g.Find(embeds);
        HostTensor others = side == Modality.Image
            ? Stack(targets.Select(t => ((MatchingScoreTarget)t).Text.Embedding), own.Shape[1])
            : counterpart ?? throw new ArgumentNullException(nameof(counterpart), "explaining the text side needs the image embedding");
        Value other = g.Input(OtherEmbeds, TensorType.Float(TensorShape.Dynamic, own.Shape[1]));

        // One embedding against K others: spreading it over the K rows first gives K gradients instead of their sum.
        Value spread = g.Add(own, g.Scale(other, 0));
        Value scores = side == Modality.Image ? fusion.Score(g, spread, other, kind) : fusion.Score(g, other, spread, kind);
        Value ones = g.Add(g.Scale(scores, 0), g.Like(scores, 1));
        Value cotangents = g.VectorJacobianProduct(scores, ones, [spread.Name])[spread.Name];
        return Finish(g, encoder, embeds, scores, cotangents, new(StringComparer.Ordinal) { [OtherEmbeds] = others });
    }

    private static TargetGraph Dimensions(GraphBuilder g, Graph encoder, Modality side, string embeds, IReadOnlyList<ExplanationTarget> targets)
    {
        Value own = g.Find(embeds);
        int width = (int)own.Shape[1];
        float[] oneHot = new float[targets.Count * width];
        for (int k = 0; k < targets.Count; k++)
        {
            int dimension = ((EmbeddingDimensionTarget)targets[k]).Dimension;
            if (dimension < 0 || dimension >= width)
                throw new PellucidException($"embedding dimension {dimension} does not exist: the {side.ToString().ToLowerInvariant()} embedding has dimensions 0 to {width - 1}");
            oneHot[(k * width) + dimension] = 1;
        }

        Value selector = g.Input(Selector, TensorType.Float(TensorShape.Dynamic, width));
        Value scores = g.ReduceSum(g.Mul(own, selector), [-1], keepDimensions: false);
        return Finish(g, encoder, embeds, scores, selector, new(StringComparer.Ordinal) { [Selector] = HostTensor.Of(oneHot, targets.Count, width) });
    }

    private static TargetGraph Finish(
        GraphBuilder g, Graph encoder, string embeds, Value scores, Value cotangents, Dictionary<string, HostTensor> inputs)
    {
        g.Output(EncoderNames.Scores, scores);
        g.Output(EncoderNames.Cotangents, cotangents);
        return new TargetGraph(g.Build(), encoder.Inputs[0].Name, embeds, inputs);
    }

    private static HostTensor Stack(IEnumerable<HostTensor> embeddings, long width)
    {
        HostTensor[] rows = embeddings.ToArray();
        float[] stacked = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length != width) throw new PellucidException($"a text embedding has {rows[i].Length} dimensions, the model {width}: it comes from another model");
            rows[i].Floats.CopyTo(stacked.AsSpan(i * (int)width));
        }

        return HostTensor.Of(stacked, rows.Length, width);
    }
}
