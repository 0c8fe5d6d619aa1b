using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Bottleneck;

/// <summary>
/// An encoder cut in two behind a block: the blocks below run once for the features h, the blocks above once for every noise sample,
/// with the gradient of the score by what enters them.
/// </summary>
internal sealed class BottleneckGraphs
{
    /// <summary>Output of the lower half, [1, N, D].</summary>
    public const string Features = "bottleneck.features";

    /// <summary>Input of the upper half: eps, [B, N, D].</summary>
    public const string Noise = "bottleneck.noise";

    /// <summary>Input of the upper half: lambda h, [1, N, D].</summary>
    public const string Passed = "bottleneck.passed";

    /// <summary>Input of the upper half: 1 - lambda, [1, N, D].</summary>
    public const string Blocked = "bottleneck.blocked";

    /// <summary>Output of the upper half: gradient of each sample's score by what enters, [B, N, D].</summary>
    public const string Gradient = "bottleneck.gradient";

    /// <summary>Input in place of the text encoder's mask, [1, 1, N, N].</summary>
    public const string Mask = "bottleneck.attention_mask";

    /// <summary>
    /// Tap: z = passed + blocked * eps, mixed in the graph and not before it. The runtime's sums depend in their last digit on where in
    /// memory a row begins, and its own buffers begin at multiples of 64 where an array begins anywhere: the optimization would
    /// make other maps of the same request from that digit.
    /// </summary>
    private const string Mixed = "bottleneck.mixed";

    private readonly Lazy<Graph> _lower, _upper;

    /// <summary>Makes both halves; they are built when first used.</summary>
    /// <param name="target">Encoder with targets.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="block">The last block of the lower half.</param>
    /// <param name="maskIsInput">Whether the mask becomes an input.</param>
    public BottleneckGraphs(TargetGraph target, TransformerLayout layout, int block, bool maskIsInput)
    {
        string features = layout.Tap(block, "output");
        GraphBuilder Edited()
        {
            GraphBuilder g = target.Graph.Edit();
            if (maskIsInput) g.ReplaceMask(layout);
            return g;
        }

        _lower = new Lazy<Graph>(() =>
        {
            GraphBuilder g = Edited();
            Value h = g.Find(features);
            g.KeepScores(target);
            g.Output(Features, h);
            return g.Build(keepTaps: false);
        });
        _upper = new Lazy<Graph>(() =>
        {
            GraphBuilder g = Edited();
            TensorType type = g.Find(features).Type, one = TensorType.Float(1, layout.Tokens, layout.Width);
            Value mixed = g.Add(g.Input(Passed, one), g.Mul(g.Input(Blocked, one), g.Input(Noise, type)));
            g.Replace(features, mixed);
            g.Tap(Mixed, mixed);
            g = g.Build(keepTaps: false).HoistTokenSelection().Edit();
            Value gradient = g.VectorJacobianProduct(g.Find(target.Embedding), g.Find(EncoderNames.Cotangents), [Mixed])[Mixed];
            g.ClearOutputs();
            g.Output(Gradient, gradient);
            return g.Build(keepTaps: false);
        });
    }

    /// <summary>From the encoder's input to <see cref="Features"/>, embedding and scores.</summary>
    public Graph Lower => _lower.Value;

    /// <summary>From <see cref="Noise"/> to <see cref="Gradient"/>.</summary>
    public Graph Upper => _upper.Value;
}
