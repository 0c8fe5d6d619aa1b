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
    private const string Parameters = "target_parameters";

    private readonly DerivedGraphs<(Modality Side, string Kind), Graph> _graphs = new();
    private readonly TapTargetGraphs _taps = new();

    /// <summary>The encoder with targets of one kind behind it.</summary>
    public TargetGraph Build(Graph encoder, Modality side, IReadOnlyList<ExplanationTarget> targets, HostTensor? counterpart)
    {
        if (targets.Count == 0) throw new PellucidException("no target was given: name at least one text or embedding dimension");
        string kind = targets[0].Kind;
        if (targets.FirstOrDefault(t => !string.Equals(t.Kind, kind, StringComparison.Ordinal)) is { } other)
            throw new PellucidException($"targets of different kinds cannot share a run: {targets[0].Describe()} ({kind}) and {other.Describe()} ({other.Kind})");
        return targets[0] switch
        {
            EmbeddingTarget target when target.Explains(side) => Embedding(encoder, side, target, targets, counterpart),
            TapTarget when side == Modality.Image => _taps.Build(encoder, targets),
            EmbeddingTarget or TapTarget => throw new PellucidException($"{targets[0].Describe()} is a function of the image and cannot be explained on the text side"),
            _ => throw new PellucidException($"this model cannot resolve the target {targets[0].Describe()}"),
        };
    }

    private TargetGraph Embedding(Graph encoder, Modality side, EmbeddingTarget target, IReadOnlyList<ExplanationTarget> targets, HostTensor? counterpart)
    {
        string embeds = side == Modality.Image ? EncoderNames.ImageEmbeds : EncoderNames.TextEmbeds;
        int width = (int)encoder.Find(embeds).Shape[1];

        // On the text side the score's other half is the image.
        bool swapped = side == Modality.Text && target is MatchingScoreTarget;
        HostTensor parameters = swapped
            ? counterpart ?? throw new ArgumentNullException(nameof(counterpart), "explaining the text side needs the image embedding")
            : Stack(targets, width);
        Graph graph = _graphs.Get(encoder, (side, target.Kind), e => Append(e, embeds, parameters.Shape[1], (g, own, row) =>
            swapped ? fusion.Score(g, row, own, ((MatchingScoreTarget)target).Score) : target.Append(g, fusion, own, row)));
        return new TargetGraph(graph, encoder.Inputs[0].Name, embeds, new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [Parameters] = parameters });
    }

    private static Graph Append(Graph encoder, string embeds, long columns, Func<GraphBuilder, Value, Value, Value> value)
    {
        GraphBuilder g = encoder.Edit();
        Value own = g.Find(embeds);
        Value parameters = g.Input(Parameters, TensorType.Float(TensorShape.Dynamic, columns));

        // One embedding against K targets: spreading it over K rows first gives K gradients instead of their sum.
        Value nothing = g.Scale(parameters, 0);
        Value spread = g.Add(own, columns == own.Shape[1] ? nothing : g.ReduceSum(nothing, [-1]));
        Value scores = value(g, spread, parameters);
        Value ones = g.Add(g.Scale(scores, 0), g.Like(scores, 1));
        Value cotangents = g.VectorJacobianProduct(scores, ones, [spread.Name])[spread.Name];
        g.Output(EncoderNames.Scores, scores);
        g.Output(EncoderNames.Cotangents, cotangents);
        return g.Build();
    }

    private static HostTensor Stack(IReadOnlyList<ExplanationTarget> targets, int width)
    {
        float[] first = ((EmbeddingTarget)targets[0]).Parameters(width), stacked = new float[targets.Count * first.Length];
        for (int k = 0; k < targets.Count; k++) ((EmbeddingTarget)targets[k]).Parameters(width).CopyTo(stacked, k * first.Length);
        return HostTensor.Of(stacked, targets.Count, first.Length);
    }
}
