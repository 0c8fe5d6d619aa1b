namespace Pellucid.Graphs.Onnx.Canonical.Opsets;

/// <summary>Convolutions and pools: automatic padding becomes numbers; attributes with their defaults said become fewer.</summary>
internal static class WindowUpgrades
{
    public static IEnumerable<KeyValuePair<string, Func<UpgradeScope, IEnumerable<Node>>>> All
    {
        get
        {
            foreach (string op in new[] { "Conv", "MaxPool", "AveragePool", "LpPool" }) yield return new(op, s => [ExplicitPads(s)]);
            yield return new("ConvTranspose", s => [ExplicitTransposedPads(s)]);
        }
    }

    private static Node ExplicitPads(UpgradeScope s)
    {
        string mode = s.Attributes.String("auto_pad", "NOTSET");
        NodeAttributes attributes = s.Attributes.Without("auto_pad");
        if (mode is "NOTSET") return s.Node with { Attributes = attributes };
        long[] kernel = s.Attributes.Ints("kernel_shape") ?? Kernel(s);
        int n = kernel.Length;
        long[] pads = new long[2 * n];
        if (mode is "SAME_UPPER" or "SAME_LOWER")
        {
            long[] strides = s.Attributes.Ints("strides") ?? Ones(n), dilations = s.Attributes.Ints("dilations") ?? Ones(n);
            long[] size = Spatial(s, n);
            for (int i = 0; i < n; i++)
            {
                long count = (size[i] + strides[i] - 1) / strides[i];
                long total = Math.Max(0, ((count - 1) * strides[i]) + ((kernel[i] - 1) * dilations[i]) + 1 - size[i]);
                (pads[i], pads[i + n]) = mode is "SAME_UPPER" ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);
            }
        }
        else if (mode is not "VALID")
        {
            throw Unknown(s, mode);
        }

        return s.Node with { Attributes = attributes.With("pads", pads) };
    }

    private static Node ExplicitTransposedPads(UpgradeScope s)
    {
        string mode = s.Attributes.String("auto_pad", "NOTSET");
        if (s.Attributes.Has("output_shape")) throw new GraphException($"node '{s.Node.DisplayName}': ConvTranspose with output_shape is not supported; export it with pads");
        NodeAttributes attributes = s.Attributes.Without("auto_pad");
        if (mode is "NOTSET") return s.Node with { Attributes = attributes };
        long[] kernel = s.Attributes.Ints("kernel_shape") ?? Kernel(s);
        int n = kernel.Length;
        long[] pads = new long[2 * n];
        if (mode is "SAME_UPPER" or "SAME_LOWER")
        {
            long[] strides = s.Attributes.Ints("strides") ?? Ones(n), dilations = s.Attributes.Ints("dilations") ?? Ones(n);
            long[] extra = s.Attributes.Ints("output_padding") ?? new long[n];
            for (int i = 0; i < n; i++)
            {
                // The output is to be input * stride long.
                long total = Math.Max(0, extra[i] + ((kernel[i] - 1) * dilations[i]) + 1 - strides[i]);
                (pads[i], pads[i + n]) = mode is "SAME_UPPER" ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);
            }
        }
        else if (mode is not "VALID")
        {
            throw Unknown(s, mode);
        }

        return s.Node with { Attributes = attributes.With("pads", pads) };
    }

    private static long[] Kernel(UpgradeScope s) =>
        s.Assembly.ShapeOf(s.Node.Inputs[1], 0)?.Dimensions[2..].ToArray() ?? throw new GraphException($"node '{s.Node.DisplayName}' has no kernel_shape");

    private static long[] Spatial(UpgradeScope s, int n)
    {
        TensorShape? first = s.Assembly.ShapeOf(s.Node.Inputs[0], 0), second = s.Assembly.ShapeOf(s.Node.Inputs[0], 1);
        return first is { IsFixed: true } && first.Rank == n + 2 && second is not null && first.Dimensions[2..].SequenceEqual(second.Dimensions[2..])
            ? first.Dimensions[2..].ToArray()
            : throw new GraphException($"node '{s.Node.DisplayName}': automatic padding of {first?.ToString() ?? "an unknown shape"} needs fixed height and width; give them in OnnxImportOptions.InputShapes");
    }

    private static long[] Ones(int n) => [.. Enumerable.Repeat(1L, n)];

    private static GraphException Unknown(UpgradeScope s, string mode) => new($"node '{s.Node.DisplayName}': auto_pad '{mode}' is unknown");
}
