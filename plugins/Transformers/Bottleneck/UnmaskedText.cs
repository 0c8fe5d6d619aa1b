using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Bottleneck;

/// <summary>The text encoder without its causal mask: every token sees all others of its text, and no padding.</summary>
internal static class UnmaskedText
{
    private static readonly DerivedGraphs<TransformerLayout, Graph> Encoders = new();

    /// <summary>Puts an input in the place of the mask.</summary>
    public static void ReplaceMask(this GraphBuilder g, TransformerLayout layout) =>
        g.Replace(layout.MaskTap, g.Input(BottleneckGraphs.Mask, TensorType.Float(1, 1, layout.Tokens, layout.Tokens)));

    /// <summary>The mask of a text, [1, 1, N, N]: 0 where attention may go, minus infinity for padding.</summary>
    public static HostTensor Mask(TokenizedText text, TransformerLayout layout)
    {
        float[] mask = new float[layout.Tokens * layout.Tokens];
        for (int i = 0; i < mask.Length; i++) if (i % layout.Tokens >= text.Length) mask[i] = float.NegativeInfinity;
        return HostTensor.Of(mask, 1, 1, layout.Tokens, layout.Tokens);
    }

    /// <summary>Embeds a text, [E].</summary>
    public static async Task<HostTensor> EmbedAsync(
        IGraphRunner runner, IGraphModel model, TransformerLayout layout, TokenizedText text, CancellationToken cancellationToken)
    {
        Graph encoder = Encoders.Get(model.TextEncoder(), layout, graph =>
        {
            GraphBuilder g = graph.Edit();
            g.ReplaceMask(layout);
            return g.Build(keepTaps: false);
        });
        var feed = new Dictionary<string, HostTensor>(StringComparer.Ordinal)
        {
            [EncoderNames.InputIds] = HostTensor.Of([.. text.Ids], 1, text.Ids.Count),
            [BottleneckGraphs.Mask] = Mask(text, layout),
        };
        return (await runner.RunAsync(encoder, feed, cancellationToken))[EncoderNames.TextEmbeds].Reshape(-1);
    }
}
