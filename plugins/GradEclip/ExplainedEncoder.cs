using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Plugins.GradEclip;

/// <summary>
/// The graph that Grad-ECLIP runs: the encoder with its targets, a fork of the explained blocks with single-head attention, and the
/// gradient of the forked scores by each forked attention output. Served and explained score come from one run.
/// </summary>
internal static class ExplainedEncoder
{
    public const string ExplainedScores = "explained_scores";

    /// <summary>Name of an output for a block.</summary>
    public static string Output(int block, string what) => $"eclip.{block}.{what}";

    /// <summary>Builds the graph.</summary>
    /// <param name="target">Encoder with targets.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="blocks">Blocks that are explained, early to late.</param>
    /// <param name="options">Options.</param>
    public static Graph Build(TargetGraph target, TransformerLayout layout, IReadOnlyList<int> blocks, GradEclipOptions options)
    {
        Graph forward = Fork(target, layout, blocks, options.Function).HoistTokenSelection();
        GraphBuilder g = forward.Edit();
        string[] outputs = [.. blocks.Select(b => Output(b, "output"))];
        IReadOnlyDictionary<string, Value> gradients = g.VectorJacobianProduct(g.Find("eclip.embedding"), g.Find("eclip.cotangents"), outputs);
        Value scores = g.Find(EncoderNames.Scores), explained = g.Find(ExplainedScores), embedding = g.Find(target.Embedding);
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        g.Output(ExplainedScores, explained);
        g.Output(target.Embedding, embedding);
        foreach (int block in blocks)
        {
            g.Output(Output(block, "gradient"), Selected(g, layout, gradients[Output(block, "output")]));
            Value query = Selected(g, layout, g.Find(Output(block, "query"))), key = g.Find(Output(block, "key"));
            g.Output(Output(block, "query"), query);
            g.Output(Output(block, "key"), key);
            g.Output(Output(block, "value"), g.Find(Output(block, "value")));
            if (!options.Projected) continue;
            g.Output(Output(block, "projected_query"), Project(g, layout, block, query));
            g.Output(Output(block, "projected_key"), Project(g, layout, block, key));
        }

        return g.Build(keepTaps: false);
    }

    /// <summary>
    /// Forks the blocks, one after the other because each changes the input of the next, and taps the fork. With the native
    /// function the taps are those of the encoder itself.
    /// </summary>
    private static Graph Fork(TargetGraph target, TransformerLayout layout, IReadOnlyList<int> blocks, ExplainedFunction function)
    {
        GraphBuilder g = target.Graph.Edit();
        var current = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["eclip.embedding"] = g.Find(target.Embedding).Name,
            ["eclip.cotangents"] = g.Find(EncoderNames.Cotangents).Name,
            [ExplainedScores] = g.Find(EncoderNames.Scores).Name,
        };
        foreach (int block in blocks)
        {
            foreach (string what in new[] { "query", "key", "value", "output" })
                current[Output(block, what)] = g.Find(layout.Tap(block, "attn." + what)).Name;
        }

        Value? mask = layout.Causal ? g.Find(layout.MaskTap) : null;
        foreach (int block in function == ExplainedFunction.SingleHead ? blocks : [])
        {
            Value Part(string what) => g.Find(current[Output(block, what)]);
            Value singleHead = g.ScaledDotProduct(Part("query"), Part("key"), Part("value"), heads: 1, mask).Output;
            var replacement = new Dictionary<string, Value>(StringComparer.Ordinal) { [current[Output(block, "output")]] = singleHead };
            IReadOnlyDictionary<string, Value> moved = g.Fork(replacement, current.Values.Distinct(StringComparer.Ordinal));
            foreach ((string name, string value) in current.ToArray()) current[name] = moved[value].Name;
        }

        foreach ((string name, string value) in current) g.Tap(name, g.Find(value));
        g.Output(ExplainedScores, g.Find(current[ExplainedScores]));
        return g.Build();
    }

    /// <summary>The selected token of [B, N, D] as [B, 1, D]; a value that was narrowed to it already is left alone.</summary>
    private static Value Selected(GraphBuilder g, TransformerLayout layout, Value x)
    {
        if (x.Shape[1] == 1) return x;
        return layout.Causal ? g.SelectToken(x, g.Find(layout.SelectedTokenTap)) : g.SelectToken(x, 0);
    }

    private static Value Project(GraphBuilder g, TransformerLayout layout, int block, Value x) =>
        g.Affine(x, g.Find(layout.Tap(block, "attn.out_proj.weight")), g.Find(layout.Tap(block, "attn.out_proj.bias")));
}
