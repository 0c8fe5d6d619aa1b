namespace Pellucid.Graphs.Onnx.Canonical.Opsets;

/// <summary>Normalizations: inference forms only.</summary>
internal static class NormalizationUpgrades
{
    private const long MostGroups = 1 << 16;

    public static IEnumerable<KeyValuePair<string, Func<UpgradeScope, IEnumerable<Node>>>> All
    {
        get
        {
            yield return new("BatchNormalization", BatchNormalization);
            yield return new("GroupNormalization", GroupNormalization);
            yield return new("Dropout", Dropout);
        }
    }

    private static IEnumerable<Node> BatchNormalization(UpgradeScope s)
    {
        if (s.Attributes.Int("training_mode", 0) != 0) throw Training(s);
        return [s.Node with { Outputs = [s.Node.Outputs[0]], Attributes = NodeAttributes.Of(("epsilon", s.Attributes.Float("epsilon", 1e-5f))) }];
    }

    private static IEnumerable<Node> Dropout(UpgradeScope s)
    {
        if (s.Has(2) && (s.Assembly.FixedValue(s.Node.Inputs[2]) is not { Length: 1 } training || training.Bytes[0] != 0)) throw Training(s);
        return [UpgradeScope.Make("Identity", [s.Node.Inputs[0]], s.Node.Outputs[0])];
    }

    /// <summary>
    /// Scale and bias became one a channel, from one a group, in operator set 21. Both are said here as instance
    /// normalization over the groups, which has one meaning in all.
    /// </summary>
    private static IEnumerable<Node> GroupNormalization(UpgradeScope s)
    {
        Assembly a = s.Assembly;
        string x = s.Node.Inputs[0], y = s.Node.Outputs[0];
        TensorShape shape = a.ShapeOf(x, 0) ?? throw new GraphException($"node '{s.Node.DisplayName}': the shape of its input is not known");
        long groups = s.Attributes.IntOrNull("num_groups") ?? throw new GraphException($"node '{s.Node.DisplayName}' has no num_groups");
        if (shape.Rank < 3 || groups is < 1 or > MostGroups || groups > shape[1] || shape[1] % groups != 0) throw new GraphException($"node '{s.Node.DisplayName}': {groups} groups do not fit {shape}");
        int channels = checked((int)shape[1]);
        float[] ones = new float[groups];
        Array.Fill(ones, 1f);
        string size = a.Fresh(y), grouped = a.Fresh(y), normal = a.Fresh(y), back = a.Fresh(y), scaled = a.Fresh(y);
        yield return UpgradeScope.Make("Shape", [x], size);
        yield return UpgradeScope.Make("Reshape", [x, s.Int64s(0, groups, -1)], grouped);
        yield return UpgradeScope.Make(
            "InstanceNormalization",
            [grouped, a.Constant(HostTensor.Of(ones, groups)), a.Constant(HostTensor.Of(new float[groups], groups))],
            normal,
            NodeAttributes.Of(("epsilon", s.Attributes.Float("epsilon", 1e-5f))),
            s.Node.Name);
        yield return UpgradeScope.Make("Reshape", [normal, size], back);
        long[] spatial = [.. Enumerable.Repeat(1L, shape.Rank - 2)];
        string[] affine = [string.Empty, string.Empty];
        for (int i = 0; i < affine.Length; i++)
        {
            string parameter = s.Node.Inputs[i + 1];
            if (s.Version < 21)
            {
                // One a group: repeated for each channel of it.
                string column = a.Fresh(y), wide = a.Fresh(y);
                yield return UpgradeScope.Make("Reshape", [parameter, s.Int64s(groups, 1)], column);
                yield return UpgradeScope.Make("Expand", [column, s.Int64s(groups, channels / groups)], wide);
                parameter = wide;
            }

            affine[i] = a.Fresh(y);
            yield return UpgradeScope.Make("Reshape", [parameter, s.Int64s([channels, .. spatial])], affine[i]);
        }

        yield return UpgradeScope.Make("Mul", [back, affine[0]], scaled);
        yield return UpgradeScope.Make("Add", [scaled, affine[1]], y);
    }

    private static GraphException Training(UpgradeScope s) =>
        new($"node '{s.Node.DisplayName}' ({s.Node.OpType}) is in training mode; export the model in evaluation mode (model.eval())");
}
