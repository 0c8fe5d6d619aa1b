namespace Pellucid.Graphs.Onnx.Canonical.Opsets;

/// <summary>Everything that fits nowhere else.</summary>
internal static class MiscellaneousUpgrades
{
    public static IEnumerable<KeyValuePair<string, Func<UpgradeScope, IEnumerable<Node>>>> All
    {
        get
        {
            yield return new("Scatter", s => [s.Node with { OpType = "ScatterElements" }]);
            yield return new("CastLike", s => [s.Node with { OpType = "Cast", Inputs = [s.Node.Inputs[0]], Attributes = NodeAttributes.Of(("to", (long)s.Assembly.ElementOf(s.Node.Inputs[1]))) }]);
            yield return new("Cast", Cast);
            yield return new("Resize", Resize);
            yield return new("Upsample", Upsample);
            yield return new("Reshape", s => [s.Attributes.Int("allowzero", 0) == 0 ? s.Node with { Attributes = NodeAttributes.None } : s.Node]);
        }
    }

    private static IEnumerable<Node> Cast(UpgradeScope s)
    {
        long to = s.Attributes.Int("to", 0);
        if (to == 0 || !Enum.IsDefined((ElementType)to)) throw new GraphException($"node '{s.Node.DisplayName}' casts to element type {to}, which is not supported");
        return [s.Node with { Attributes = NodeAttributes.Of(("to", to)) }];
    }

    /// <summary>Empty region, scales or sizes stand for absent ones in operator sets 11 and 12.</summary>
    private static IEnumerable<Node> Resize(UpgradeScope s)
    {
        string[] inputs = [.. s.Node.Inputs];
        for (int i = 1; i < inputs.Length; i++)
        {
            if (inputs[i].Length > 0 && s.Assembly.ShapeOf(inputs[i], 0) is { Rank: 1 } shape && shape[0] == 0) inputs[i] = string.Empty;
        }

        return [s.Node with { Inputs = [.. inputs] }];
    }

    /// <summary>Upsample left the operator set with version 10; exporters still wrote it.</summary>
    private static IEnumerable<Node> Upsample(UpgradeScope s)
    {
        string mode = s.Attributes.String("mode", "nearest");
        NodeAttributes attributes = NodeAttributes.Of(("mode", mode), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        string scales = s.Has(1) ? s.Node.Inputs[1] : throw new GraphException($"node '{s.Node.DisplayName}': Upsample without scales");
        return [s.Node with { OpType = "Resize", Inputs = [s.Node.Inputs[0], string.Empty, scales], Attributes = attributes }];
    }
}
