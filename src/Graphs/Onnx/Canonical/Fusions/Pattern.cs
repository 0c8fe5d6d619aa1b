namespace Pellucid.Graphs.Onnx.Canonical.Fusions;

/// <summary>Questions that fusions ask about the nodes before the one they look at.</summary>
internal sealed class Pattern(GraphBuilder builder)
{
    private const int MostFactors = 8;
    private const int MostSteps = 32;

    public GraphBuilder Builder { get; } = builder;

    /// <summary>The node that makes a value, if it is of the given operator.</summary>
    public Node? Made(string value, string op) => Builder.ProducerOf(value) is { } node && node.Domain.Length == 0 && string.Equals(node.OpType, op, StringComparison.Ordinal) ? node : null;

    /// <summary>The number, where a value is a constant with one element.</summary>
    public double? Scalar(string value) => Builder.ConstantOf(value) is { Length: 1 } t && t.ElementType.IsFloatingPoint() && t.ElementType != ElementType.BFloat16
        ? t.ElementType == ElementType.Float64 ? t.AsSpan<double>()[0] : t.ToFloat32().Floats[0]
        : null;

    /// <summary>Whether a constant is a number, to the accuracy that exporters round to.</summary>
    public bool Is(string value, double number) => Scalar(value) is { } v && Math.Abs(v - number) <= 1e-4 * Math.Max(1e-3, Math.Abs(number));

    /// <summary>
    /// A value as the product of a number and other factors: nested Mul, and Div by a number, are taken apart.
    /// </summary>
    public (double Number, List<string> Factors) Product(string value)
    {
        double number = 1;
        var factors = new List<string>();
        var open = new Stack<string>([value]);
        for (int steps = 0; open.TryPop(out string? next); steps++)
        {
            if (Scalar(next) is { } constant)
            {
                number *= constant;
            }
            else if (steps < MostSteps && factors.Count + open.Count < MostFactors && Made(next, "Mul") is { } product)
            {
                open.Push(product.Inputs[1]);
                open.Push(product.Inputs[0]);
            }
            else if (steps < MostSteps && Made(next, "Div") is { } quotient && Scalar(quotient.Inputs[1]) is { } divisor)
            {
                number /= divisor;
                open.Push(quotient.Inputs[0]);
            }
            else
            {
                factors.Add(next);
            }
        }

        return (number, factors);
    }

    /// <summary>The other term of an Add with the number 1, or null.</summary>
    public string? PlusOne(string value)
    {
        if (Made(value, "Add") is not { } sum) return null;
        if (Is(sum.Inputs[1], 1)) return sum.Inputs[0];
        return Is(sum.Inputs[0], 1) ? sum.Inputs[1] : null;
    }

    /// <summary>Whether a number is close to another.</summary>
    public static bool Near(double value, double expected) => Math.Abs(value - expected) <= 1e-4 * Math.Abs(expected);
}
