namespace Pellucid.Graphs.Onnx.Canonical.Fusions;

/// <summary>x sigmoid(1.702 x), as CLIP and its kin write it.</summary>
internal static class QuickGeluFusion
{
    public static Fused? Match(Node node, Pattern p)
    {
        if (node.QualifiedOp is not "Mul") return null;
        for (int i = 0; i < 2; i++)
        {
            string x = node.Inputs[i];
            if (p.Made(node.Inputs[1 - i], "Sigmoid") is not { } gate || p.Made(gate.Inputs[0], "Mul") is not { } scaled) continue;
            for (int j = 0; j < 2; j++)
            {
                if (p.Is(scaled.Inputs[1 - j], 1.702) && string.Equals(scaled.Inputs[j], x, StringComparison.Ordinal))
                    return new Fused("QuickGelu", [p.Builder.Find(x)], NodeAttributes.Of(("alpha", (float)p.Scalar(scaled.Inputs[1 - j])!)), Node.MicrosoftDomain);
            }
        }

        return null;
    }
}
