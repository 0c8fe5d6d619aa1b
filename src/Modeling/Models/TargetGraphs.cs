using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Models;

/// <summary>Puts targets behind an encoder. The graph is the same for all targets of a kind, whatever their number: it is made once.</summary>
/// <param name="fusion">The model's fusion rule.</param>
internal sealed class TargetGraphs(IFusionRule fusion)
{
    private const string OtherEmbeds = "counterpart_embeds";
    private const string Selector = "dimension_selector";

    private readonly DerivedGraphs<(Modality Side, string Kind), Graph> _graphs = new();

    /// <summary>The encoder with targets of one kind behind it.</summary>
    public TargetGraph Build(Graph encoder, Modality side, IReadOnlyList<ExplanationTarget> targets, HostTensor? counterpart)
    {
        if (targets.Count == 0) throw new PellucidException("no target was given: name at least one text or embedding dimension");
        string kind = targets[0].Kind;
        if (targets.FirstOrDefault(t => !string.Equals(t.Kind, kind, StringComparison.Ordinal)) is { } other)
            throw new PellucidException($"targets of different kinds cannot share a run: {targets[0].Describe()} ({kind}) and {other.Describe()} ({other.Kind})");
        string embeds = side == Modality.Image ? EncoderNames.ImageEmbeds : EncoderNames.TextEmbeds;
        return targets[0] switch
        {
            MatchingScoreTarget score => Matching(encoder, side, embeds, score, targets, counterpart),
            EmbeddingDimensionTarget => Dimensions(encoder, side, embeds, targets),
            _ => throw new PellucidException($"this model cannot resolve the target {targets[0].Describe()}"),
        };
    }

    private TargetGraph Matching(
        Graph encoder, Modality side, string embeds, MatchingScoreTarget target, IReadOnlyList<ExplanationTarget> targets, HostTensor? counterpart)
    {
        HostTensor others = side == Modality.Image
            ? Stack(targets.Select(t => ((MatchingScoreTarget)t).Text.Embedding), encoder.Find(embeds).Shape[1])
            : counterpart ?? throw new ArgumentNullException(nameof(counterpart), "explaining the text side needs the image embedding");
        Graph graph = _graphs.Get(encoder, (side, target.Kind), e => Matching(e, side, embeds, target.Score));
        return new TargetGraph(graph, encoder.Inputs[0].Name, embeds, new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [OtherEmbeds] = others });
    }

    private Graph Matching(Graph encoder, Modality side, string embeds, ScoreKind kind)
    {
        GraphBuilder g = encoder.Edit();
        Value own = g.Find(embeds);
        Value other = g.Input(OtherEmbeds, TensorType.Float(TensorShape.Dynamic, own.Shape[1]));

        // One embedding against K others: spreading it over the K rows first gives K gradients instead of their sum.
        Value spread = g.Add(own, g.Scale(other, 0));
        Value scores = side == Modality.Image ? fusion.Score(g, spread, other, kind) : fusion.Score(g, other, spread, kind);
        Value ones = g.Add(g.Scale(scores, 0), g.Like(scores, 1));
        Value cotangents = g.VectorJacobianProduct(scores, ones, [spread.Name])[spread.Name];
        return Finish(g, scores, cotangents);
    }

    private TargetGraph Dimensions(Graph encoder, Modality side, string embeds, IReadOnlyList<ExplanationTarget> targets)
    {
        int width = (int)encoder.Find(embeds).Shape[1];
        float[] oneHot = new float[targets.Count * width];
        for (int k = 0; k < targets.Count; k++)
        {
            int dimension = ((EmbeddingDimensionTarget)targets[k]).Dimension;
            if (dimension < 0 || dimension >= width)
                throw new PellucidException($"embedding dimension {dimension} does not exist: the {side.ToString().ToLowerInvariant()} embedding has dimensions 0 to {width - 1}");
            oneHot[(k * width) + dimension] = 1;
        }

        Graph graph = _graphs.Get(encoder, (side, targets[0].Kind), e => Dimensions(e, embeds));
        return new TargetGraph(graph, encoder.Inputs[0].Name, embeds, new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [Selector] = HostTensor.Of(oneHot, targets.Count, width) });
    }

    private static Graph Dimensions(Graph encoder, string embeds)
    {
        GraphBuilder g = encoder.Edit();
        Value own = g.Find(embeds);
        Value selector = g.Input(Selector, TensorType.Float(TensorShape.Dynamic, own.Shape[1]));
        return Finish(g, g.ReduceSum(g.Mul(own, selector), [-1], keepDimensions: false), selector);
    }

    private static Graph Finish(GraphBuilder g, Value scores, Value cotangents)
    {
        g.Output(EncoderNames.Scores, scores);
        g.Output(EncoderNames.Cotangents, cotangents);
        return g.Build();
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
