using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Plugins.Transformers.Interactions;

/// <summary>
/// The graphs of second-order attributions: features of inputs and references before a block, and at a point of the path between
/// them z = r + alpha (x - r) the Jacobian of the embedding by z, applied from the right (text) or from the left (image).
/// </summary>
internal static class InteractionGraphs
{
    /// <summary>Output: tokens before the block, [B, N, D].</summary>
    public const string Features = "interactions.features";

    /// <summary>Input: r, [1, N, D].</summary>
    public const string Reference = "interactions.reference";

    /// <summary>Input: x - r, [1, N, D].</summary>
    public const string Difference = "interactions.difference";

    /// <summary>Input: alpha, [1, 1, 1].</summary>
    public const string Alpha = "interactions.alpha";

    /// <summary>Input of the text graph: which token of x - r each row takes, [T, N, 1].</summary>
    public const string Chosen = "interactions.chosen";

    /// <summary>Input of the image graph: what the embedding is multiplied with, [T, E].</summary>
    public const string Cotangents = "interactions.cotangents";

    /// <summary>Output: J d of each chosen token, [T, E]; or of each cotangent c, c J d a token, [T, N].</summary>
    public const string Products = "interactions.products";

    private const string Path = "interactions.path";

    /// <summary>From the encoder's input to embedding and features.</summary>
    public static Graph Lower(Graph encoder, TransformerLayout layout, int block)
    {
        GraphBuilder g = encoder.Edit();
        g.Output(Features, g.Find(layout.Tap(block, "input")));
        return g.Build(keepTaps: false);
    }

    /// <summary>
    /// Text: J d for single tokens. A vector-Jacobian product c J is linear in c, so that its own product with d from the left, by c, is
    /// J d: forward mode from reverse mode, one row a token instead of one a dimension of the embedding.
    /// </summary>
    public static Graph Text(Graph encoder, TransformerLayout layout, int block)
    {
        GraphBuilder g = encoder.Edit();
        TensorType one = TensorType.Float(1, layout.Tokens, layout.Width);
        Value chosen = g.Input(Chosen, TensorType.Float(TensorShape.Dynamic, layout.Tokens, 1)), difference = g.Input(Difference, one);
        Value z = g.Add(PathPoint(g, one, difference), g.Scale(chosen, 0));
        g.Tap(Products, g.Mul(difference, chosen));
        g.Output(Products, g.Find(Products));
        g = Above(g, layout, block, z);
        Value embedding = g.Find(EncoderNames.TextEmbeds), direction = g.Find(Products);
        Value anywhere = g.Scale(embedding, 0);
        Value backward = g.VectorJacobianProduct(embedding, anywhere, [Path])[Path];
        Value product = g.VectorJacobianProduct(backward, direction, [anywhere.Name])[anywhere.Name];
        g.ClearOutputs();
        g.Output(Products, product);
        return g.Build(keepTaps: false);
    }

    /// <summary>Image: for each cotangent c, the part of c J d that is each token's.</summary>
    public static Graph Image(Graph encoder, TransformerLayout layout, int block)
    {
        GraphBuilder g = encoder.Edit();
        TensorType one = TensorType.Float(1, layout.Tokens, layout.Width);
        Value z = PathPoint(g, one, g.Input(Difference, one));
        g = Above(g, layout, block, z);
        Value embedding = g.Find(EncoderNames.ImageEmbeds);
        Value cotangents = g.Input(Cotangents, TensorType.Float(TensorShape.Dynamic, embedding.Shape[1]));
        Value gradient = g.VectorJacobianProduct(embedding, cotangents, [Path])[Path];
        g.ClearOutputs();
        g.Output(Products, g.ReduceSum(g.Mul(gradient, g.Find(Difference)), [-1], keepDimensions: false));
        return g.Build(keepTaps: false);
    }

    /// <summary>z is made in the graph: the runtime's own buffers are aligned, and sums over them do not differ in the last digit from run to run.</summary>
    private static Value PathPoint(GraphBuilder g, TensorType one, Value difference) =>
        g.Add(g.Input(Reference, one), g.Mul(difference, g.Input(Alpha, TensorType.Float(1, 1, 1))));

    private static GraphBuilder Above(GraphBuilder g, TransformerLayout layout, int block, Value z)
    {
        g.Replace(layout.Tap(block, "input"), z);
        g.Tap(Path, z);
        return g.Build(keepTaps: false).HoistTokenSelection().Edit();
    }
}
