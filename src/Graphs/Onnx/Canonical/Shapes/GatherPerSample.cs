namespace Pellucid.Graphs.Onnx.Canonical.Shapes;

/// <summary>
/// x[arange(B), index] picks one token of each sample. It is exported as GatherND with the sample's number beside its
/// index, or as Gather from the flattened samples with sample * length added to the index. Both become GatherND within
/// each sample (batch_dims = 1): a batch of cotangents then needs no numbers of its own.
/// </summary>
internal static class GatherPerSample
{
    /// <summary>GatherND(x, [sample, index]).</summary>
    public static Value? OfPairs(Node node, Assembly a)
    {
        if (node.Attributes.Int("batch_dims", 0) != 0 || a.ProducerOf(node.Inputs[1]) is not { OpType: "Concat", Inputs.Length: 2 } pair) return null;
        if (a.ShapeOf(node.Inputs[1], 0) is not { Rank: 2 } shape || pair.Attributes.Int("axis", 0) is not (1 or -1)) return null;
        if (a.ShapeOf(node.Inputs[0], 0) is not { Rank: >= 2 } data || data[0] != shape[0] || !CountsSamples(a, pair.Inputs[0], 1)) return null;
        return ReshapeToBatch.Emit(node, a, [a.Use(node.Inputs[0]), a.Use(pair.Inputs[1])], NodeAttributes.Of(("batch_dims", 1L)));
    }

    /// <summary>Gather(x of [B * N, D], index + sample * N).</summary>
    public static Value? OfFlattened(Node node, Assembly a)
    {
        if (node.Attributes.Int("axis", 0) != 0 || a.ProducerOf(node.Inputs[1]) is not { OpType: "Add" } sum || a.ShapeOf(node.Inputs[1], 0) is not { Rank: 1 } picked) return null;
        if (a.ProducerOf(node.Inputs[0]) is not { OpType: "Flatten" or "Reshape" } flat || a.ShapeOf(flat.Inputs[0], 0) is not { Rank: 3 } data) return null;
        if (a.ShapeOf(node.Inputs[0], 0) is not { Rank: 2 } rows || rows[0] != data[0] * data[1] || data[0] != picked[0] || data[2] != rows[1]) return null;
        int sample = Enumerable.Range(0, 2).FirstOrDefault(i => CountsSamples(a, sum.Inputs[i], data[1]), -1);
        if (sample < 0 || a.ShapeOf(sum.Inputs[1 - sample], 0) is not { } index || !index.Equals(picked)) return null;
        Value column = a.Builder.Emit("Unsqueeze", [a.Use(sum.Inputs[1 - sample]), a.Builder.Int64s(-1)]);
        return ReshapeToBatch.Emit(node with { OpType = "GatherND" }, a, [a.Use(flat.Inputs[0]), column], NodeAttributes.Of(("batch_dims", 1L)));
    }

    private static bool CountsSamples(Assembly a, string name, long step)
    {
        for (int p = 0; p < Symbols.Probes; p++)
        {
            if (a.Int64sOf(name, p) is not { Length: > 0 } numbers || !numbers.SequenceEqual(Enumerable.Range(0, numbers.Length).Select(i => i * step))) return false;
        }

        return true;
    }
}
