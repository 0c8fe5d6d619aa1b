namespace Pellucid.Graphs.Onnx.Canonical.Opsets;

/// <summary>Operators whose axes or sizes were attributes once and are inputs now (operator sets 13 and 18).</summary>
internal static class AxesUpgrades
{
    public static IEnumerable<KeyValuePair<string, Func<UpgradeScope, IEnumerable<Node>>>> All
    {
        get
        {
            foreach (string op in new[] { "Squeeze", "Unsqueeze" }) yield return new(op, s => [s.AttributeToInput("axes", 1)]);
            foreach (string op in new[] { "Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "SumSquare", "LogSum", "LogSumExp" })
                yield return new("Reduce" + op, s => [s.AttributeToInput("axes", 1)]);
            yield return new("Split", Split);
        }
    }

    private static IEnumerable<Node> Split(UpgradeScope s)
    {
        Node node = s.AttributeToInput("split", 1);
        bool sized = node.Inputs.Length > 1 && node.Inputs[1].Length > 0;
        if (!sized && !node.Attributes.Has("num_outputs"))
            node = node with { Attributes = node.Attributes.With("num_outputs", (long)node.Outputs.Length) };
        return [node];
    }
}
