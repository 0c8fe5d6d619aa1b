namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Operators that work element by element.</summary>
internal static class ElementwiseOperators
{
    public static IEnumerable<KeyValuePair<string, Func<Call, Tensor[]>>> All =>
    [
        Unary("Neg", x => -x),
        Unary("Sqrt", Math.Sqrt),
        Unary("Exp", Math.Exp),
        Unary("Log", Math.Log),
        Unary("Abs", Math.Abs),
        Unary("Reciprocal", x => 1 / x),
        Unary("Sin", Math.Sin),
        Unary("Cos", Math.Cos),
        Unary("Erf", Erf),
        Unary("Sign", x => double.IsNaN(x) ? x : Math.Sign(x)),
        Unary("Floor", Math.Floor),
        Unary("Ceil", Math.Ceiling),
        Unary("Round", x => Math.Round(x, MidpointRounding.ToEven)),
        Unary("Not", x => 1 - x),
        Unary("Identity", x => x),
        Unary("Relu", x => double.IsNaN(x) ? x : Math.Max(x, 0)),
        Unary("Sigmoid", Sigmoid),
        Unary("Tanh", Math.Tanh),
        Unary("Softplus", x => x > 30 ? x : Math.Log(1 + Math.Exp(x))),
        Unary("Softsign", x => x / (1 + Math.Abs(x))),
        Unary("HardSwish", x => x * Math.Clamp((x / 6) + 0.5, 0, 1)),
        Unary("com.microsoft.Gelu", Gelu),
        With("Gelu", (c, x) => c.Attributes.String("approximate", "none") == "tanh"
            ? 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))
            : Gelu(x)),
        With("com.microsoft.QuickGelu", (c, x) => x * Sigmoid(c.Attributes.Float("alpha", 1.702f) * x)),
        With("LeakyRelu", (c, x) => x > 0 ? x : c.Attributes.Float("alpha", 0.01f) * x),
        With("Elu", (c, x) => x > 0 ? x : c.Attributes.Float("alpha", 1f) * (Math.Exp(x) - 1)),
        With("HardSigmoid", (c, x) => Math.Clamp((c.Attributes.Float("alpha", 0.2f) * x) + c.Attributes.Float("beta", 0.5f), 0, 1)),
        Binary("Add", (a, b) => a + b),
        Binary("Sub", (a, b) => a - b),
        Binary("Mul", (a, b) => a * b),
        Binary("Pow", Math.Pow),
        Binary("Max", Math.Max),
        Binary("Min", Math.Min),
        Binary("Sum", (a, b) => a + b),
        Compare("Equal", (a, b) => a == b),
        Compare("Greater", (a, b) => a > b),
        Compare("Less", (a, b) => a < b),
        Compare("GreaterOrEqual", (a, b) => a >= b),
        Compare("LessOrEqual", (a, b) => a <= b),
        Compare("And", (a, b) => a != 0 && b != 0),
        Compare("Or", (a, b) => a != 0 || b != 0),
        new("Mean", c => [Fold(c, (a, b) => a + b).Map(v => v / c.Count)]),
        new("Div", c => [Fold(c, c[0].Element.IsFloatingPoint() ? (a, b) => a / b : (a, b) => Math.Truncate(a / b))]),
        new("Mod", c => [Fold(c, (a, b) => c.Attributes.Int("fmod", 0) != 0 ? a % b : a - (b * Math.Floor(a / b)))]),
        new("Clip", c => [c[0].Map(x => Math.Min(Math.Max(x, c.Optional(1)?.Data[0] ?? double.NegativeInfinity), c.Optional(2)?.Data[0] ?? double.PositiveInfinity))]),
        new("Cast", Cast),
        new("Dropout", c => [c[0], c[0].Map(_ => 1).As(ElementType.Bool)]),
        new("Where", Where),
    ];

    /// <summary>erf(x) = 2 / sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)): all terms of one sign, so nothing cancels.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) > 6) return Math.Sign(x);
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++) sum += term *= 2 * x * x / ((2 * n) + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Gelu(double x) => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)));

    private static KeyValuePair<string, Func<Call, Tensor[]>> Unary(string name, Func<double, double> f) => new(name, c => [c[0].Map(f)]);

    private static KeyValuePair<string, Func<Call, Tensor[]>> With(string name, Func<Call, double, double> f) => new(name, c => [c[0].Map(x => f(c, x))]);

    private static KeyValuePair<string, Func<Call, Tensor[]>> Binary(string name, Func<double, double, double> f) => new(name, c => [Fold(c, f)]);

    private static KeyValuePair<string, Func<Call, Tensor[]>> Compare(string name, Func<double, double, bool> f) =>
        new(name, c => [Fold(c, (a, b) => f(a, b) ? 1 : 0).As(ElementType.Bool)]);

    private static Tensor Fold(Call c, Func<double, double, double> f)
    {
        long[] shape = Tensor.Common([.. c.All]);
        double[] result = (double[])c[0].BroadcastTo(shape).Data.Clone();
        for (int i = 1; i < c.Count; i++)
        {
            double[] next = c[i].BroadcastTo(shape).Data;
            for (int j = 0; j < result.Length; j++) result[j] = f(result[j], next[j]);
        }

        return new Tensor(c[0].Element, shape, result);
    }

    private static Tensor[] Cast(Call c)
    {
        var to = (ElementType)c.Attributes.Int("to", 1);
        Tensor x = c[0];
        if (to == ElementType.Bool) return [x.Map(v => v != 0 ? 1 : 0).As(to)];
        return [(to.IsFloatingPoint() ? x : x.Map(Math.Truncate)).As(to)];
    }

    private static Tensor[] Where(Call c)
    {
        long[] shape = Tensor.Common(c[0], c[1], c[2]);
        Tensor condition = c[0].BroadcastTo(shape), a = c[1].BroadcastTo(shape), b = c[2].BroadcastTo(shape);
        return [new Tensor(a.Element, shape, [.. condition.Data.Select((v, i) => v != 0 ? a.Data[i] : b.Data[i])])];
    }
}
