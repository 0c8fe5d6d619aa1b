namespace Pellucid.Graphs.Onnx.Canonical.Opsets;

/// <summary>Softmax of the old kind, and ONNX Runtime's own GELUs.</summary>
internal static class ActivationUpgrades
{
    public static IEnumerable<KeyValuePair<string, Func<UpgradeScope, IEnumerable<Node>>>> All
    {
        get
        {
            foreach (string op in new[] { "Softmax", "LogSoftmax", "Hardmax" }) yield return new(op, Softmax);
            yield return new("com.microsoft.Gelu", s => [Gelu(s, "none")]);
            yield return new("com.microsoft.FastGelu", s => [s.Has(1) ? s.Node : Gelu(s, "tanh")]);
        }
    }

    private static Node Gelu(UpgradeScope s, string approximate) =>
        s.Node with { OpType = "Gelu", Domain = string.Empty, Inputs = [s.Node.Inputs[0]], Attributes = NodeAttributes.Of(("approximate", approximate)) };

    /// <summary>Before operator set 13 the default axis was 1 and all axes from it on were one: the input was flattened to a matrix.</summary>
    private static IEnumerable<Node> Softmax(UpgradeScope s)
    {
        long rawAxis = s.Attributes.Int("axis", s.Version < 13 ? 1 : -1);
        if (s.Version >= 13)
        {
            yield return s.Node with { Attributes = NodeAttributes.Of(("axis", rawAxis)) };
            yield break;
        }

        TensorShape shape = s.Assembly.ShapeOf(s.Node.Inputs[0], 0) ?? throw new GraphException(
            $"node '{s.Node.DisplayName}': Softmax of operator set {s.Version} depends on the shape of its input, which is not known; export with operator set 13 or newer");
        long axis = rawAxis < 0 ? rawAxis + shape.Rank : rawAxis;
        if (axis < 0 || axis >= shape.Rank) throw new GraphException($"node '{s.Node.DisplayName}': axis {rawAxis} lies outside {shape}");
        if (shape.Dimensions[((int)axis + 1)..].ToArray().All(d => d == 1))
        {
            yield return s.Node with { Attributes = NodeAttributes.Of(("axis", axis == shape.Rank - 1 ? -1L : axis)) };
            yield break;
        }

        string flat = s.Assembly.Fresh(s.Node.Outputs[0]), soft = s.Assembly.Fresh(s.Node.Outputs[0]), size = s.Assembly.Fresh(s.Node.Outputs[0]);
        yield return UpgradeScope.Make("Shape", [s.Node.Inputs[0]], size);
        yield return UpgradeScope.Make("Flatten", [s.Node.Inputs[0]], flat, NodeAttributes.Of(("axis", axis)));
        yield return s.Node with { Inputs = [flat], Outputs = [soft], Attributes = NodeAttributes.Of(("axis", -1L)) };
        yield return UpgradeScope.Make("Reshape", [soft, size], s.Node.Outputs[0]);
    }
}
