using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Tests.Rewrites;

/// <summary>Two-block transformers with the structure of CLIP's, small enough to run in a blink.</summary>
internal sealed class TinyTransformers
{
    public const int Width = 8, Heads = 2, Tokens = 5, Blocks = 2, Embedding = 6, Vocabulary = 11;

    private readonly Random _random = new(7);
    private readonly GraphBuilder _g;

    private TinyTransformers(string name) => _g = new GraphBuilder(name);

    /// <summary>How the class token is taken.</summary>
    public enum Selecting
    {
        GatherVector,
        GatherScalar,
        Slice,
    }

    /// <summary>How the end-of-text token is taken.</summary>
    public enum EndOfText
    {
        BatchedGatherNd,
        PairedGatherNd,
        GatherElements,
    }

    /// <summary>patches [?, 5, 8] to embedding [?, 6]; the class token is token 0.</summary>
    public static Graph Vision(Selecting selecting = Selecting.GatherVector)
    {
        var t = new TinyTransformers("tiny vision");
        GraphBuilder g = t._g;
        Value x = t.AppendBlocks(g.Input("patches", TensorType.Float(-1, Tokens, Width)), mask: null);
        Value token = selecting switch
        {
            Selecting.GatherVector => g.Squeeze(t.Norm(g.SelectToken(x, 0)), 1),
            Selecting.GatherScalar => g.Gather(t.Norm(x), g.Constant(HostTensor.Of([0L], TensorShape.Scalar)), 1),
            _ => g.Reshape(g.Slice(t.Norm(x), 1, 0, 1), -1, Width),
        };
        g.Output("embedding", g.MatMulTransposed(token, t.Weight("projection", Embedding, Width)));
        return g.Build();
    }

    /// <summary>ids [?, 5] to embedding [?, 6]; causal; the token with the largest id is taken.</summary>
    public static Graph Text(EndOfText form = EndOfText.BatchedGatherNd, bool rank2Mask = false)
    {
        var t = new TinyTransformers("tiny text");
        GraphBuilder g = t._g;
        Value ids = g.Input("ids", TensorType.Int64(-1, Tokens));
        float[] mask = new float[Tokens * Tokens];
        for (int r = 0; r < Tokens; r++) for (int c = r + 1; c < Tokens; c++) mask[(r * Tokens) + c] = float.NegativeInfinity;
        Value causal = g.Constant(rank2Mask ? HostTensor.Of(mask, Tokens, Tokens) : HostTensor.Of(mask, 1, 1, Tokens, Tokens));
        Value x = g.Gather(t.Weight("tokens", Vocabulary, Width), ids, 0);
        g.Tap("embedded", x);
        x = t.Norm(t.AppendBlocks(x, causal));
        Value position = g.Emit("ArgMax", [g.Cast(ids, ElementType.Float32)], NodeAttributes.Of(("axis", 1L), ("keepdims", 1L)));
        Value token = form switch
        {
            EndOfText.BatchedGatherNd => g.Squeeze(g.SelectToken(x, g.Unsqueeze(position, 2)), 1),
            EndOfText.PairedGatherNd => g.Emit("GatherND", [x, g.Concat(1, SampleNumbers(g, ids), position)]),
            _ => g.Squeeze(g.Emit("GatherElements", [x, g.Emit("Expand", [g.Unsqueeze(position, 2), g.Int64s(1, 1, Width)])], NodeAttributes.Of(("axis", 1L))), 1),
        };
        g.Output("embedding", g.MatMul(token, t.Weight("projection", Width, Embedding)));
        return g.Build();
    }

    /// <summary>Patches for a batch.</summary>
    public static HostTensor Patches(int batch)
    {
        var random = new Random(3);
        return HostTensor.Of(Enumerable.Range(0, batch * Tokens * Width).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray(), batch, Tokens, Width);
    }

    /// <summary>Ids for a batch of 3 with the largest id at 2, 4 and 1.</summary>
    public static HostTensor Ids { get; } = HostTensor.Of([1L, 4, 10, 0, 0, 1, 2, 3, 4, 10, 1, 10, 0, 0, 0], 3, Tokens);

    private static Value SampleNumbers(GraphBuilder g, Value ids)
    {
        Value zero = g.Constant(HostTensor.Of([0L], TensorShape.Scalar)), one = g.Constant(HostTensor.Of([1L], TensorShape.Scalar));
        Value samples = g.Gather(g.Emit("Shape", [ids]), zero, 0);
        return g.Unsqueeze(g.Emit("Range", [zero, samples, one]), 1);
    }

    private Value AppendBlocks(Value x, Value? mask)
    {
        for (int b = 0; b < Blocks; b++) x = AppendBlock(x, $"blocks.{b}", mask);
        return x;
    }

    private Value AppendBlock(Value x, string name, Value? mask)
    {
        _g.Tap(name + ".input", x);
        Value normed = Norm(x);
        Value q = Linear(normed, Width, Width), k = Linear(normed, Width, Width), v = Linear(normed, Width, Width);
        (Value mixed, Value probabilities) = _g.ScaledDotProduct(q, k, v, Heads, mask);
        foreach ((string tap, Value value) in new[] { ("query", q), ("key", k), ("value", v), ("probabilities", probabilities), ("attended", mixed) })
            _g.Tap($"{name}.{tap}", value);
        Value u = _g.Add(x, Linear(mixed, Width, Width));
        Value hidden = _g.QuickGelu(Linear(Norm(u), Width, 4 * Width));
        _g.Tap(name + ".hidden", hidden);
        Value y = _g.Add(u, Linear(hidden, 4 * Width, Width));
        _g.Tap(name + ".output", y);
        return y;
    }

    private Value Linear(Value x, int from, int to) => _g.Affine(x, Weight("weight", to, from), Weight("bias", to));

    private Value Norm(Value x) => _g.LayerNorm(x, Weight("scale", Width), Weight("shift", Width), 1e-5f);

    private Value Weight(string stem, params long[] shape)
    {
        long count = shape.Aggregate(1L, (a, b) => a * b);
        float[] values = Enumerable.Range(0, (int)count).Select(_ => (float)(_random.NextDouble() - 0.5)).ToArray();
        return _g.Weight($"{stem}.{_g.Nodes.Count}.{string.Join('x', shape)}.{_random.Next()}", new InlineWeight(HostTensor.Of(values, shape)));
    }
}
