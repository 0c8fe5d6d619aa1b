namespace Pellucid.Graphs.Onnx.Canonical.Fusions;

/// <summary>
/// GELU (Hendrycks and Gimpel 2016): x/2 (1 + erf(x / sqrt 2)), and its approximation
/// x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), in whatever order the factors come.
/// </summary>
internal static class GeluFusion
{
    public static Fused? Match(Node node, Pattern p)
    {
        if (node.QualifiedOp is not "Mul") return null;
        (double half, List<string> factors) = Factors(node, p);
        if (factors.Count != 2 || !Pattern.Near(half, 0.5)) return null;
        for (int i = 0; i < 2; i++)
        {
            string x = factors[i];
            if (p.PlusOne(factors[1 - i]) is not { } curve) continue;
            if (p.Made(curve, "Erf") is { } erf && IsMultiple(p, erf.Inputs[0], x, Math.Sqrt(0.5)))
                return new Fused("Gelu", [p.Builder.Find(x)], NodeAttributes.Of(("approximate", "none")));
            if (p.Made(curve, "Tanh") is { } tanh && IsTanhArgument(p, tanh.Inputs[0], x))
                return new Fused("Gelu", [p.Builder.Find(x)], NodeAttributes.Of(("approximate", "tanh")));
        }

        return null;
    }

    /// <summary>The factors of a node that is not appended yet.</summary>
    private static (double Number, List<string> Factors) Factors(Node node, Pattern p)
    {
        (double a, List<string> left) = p.Product(node.Inputs[0]);
        (double b, List<string> right) = p.Product(node.Inputs[1]);
        return (a * b, [.. left, .. right]);
    }

    private static bool IsMultiple(Pattern p, string value, string x, double factor)
    {
        (double number, List<string> factors) = p.Product(value);
        return factors.Count == 1 && string.Equals(factors[0], x, StringComparison.Ordinal) && Pattern.Near(number, factor);
    }

    private static bool IsTanhArgument(Pattern p, string value, string x)
    {
        (double scale, List<string> factors) = p.Product(value);
        if (factors.Count != 1 || !Pattern.Near(scale, Math.Sqrt(2 / Math.PI)) || p.Made(factors[0], "Add") is not { } sum) return false;
        for (int i = 0; i < 2; i++)
        {
            if (!string.Equals(sum.Inputs[i], x, StringComparison.Ordinal)) continue;
            (double cubic, List<string> cube) = p.Product(sum.Inputs[1 - i]);
            if (!Pattern.Near(cubic, 0.044715)) continue;
            if (cube.Count == 3 && cube.TrueForAll(c => string.Equals(c, x, StringComparison.Ordinal))) return true;
            if (cube.Count == 1 && p.Made(cube[0], "Pow") is { } power && string.Equals(power.Inputs[0], x, StringComparison.Ordinal) && p.Is(power.Inputs[1], 3)) return true;
        }

        return false;
    }
}
