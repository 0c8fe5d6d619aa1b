using Pellucid.Graphs.Operators;
using static Pellucid.Graphs.Tests.Differentiation.Cases.CaseInput;

namespace Pellucid.Graphs.Tests.Differentiation.Cases;

internal static class ElementwiseCases
{
    public static IEnumerable<GradientCase> All =>
    [
        Unary("Identity"), Unary("Dropout"), Unary("Neg"), Unary("Abs"), Unary("Exp"), Unary("Sin"), Unary("Cos"), Unary("Erf"),
        Unary("Sqrt", X(5).In(0.2, 3)), Unary("Log", X(5).In(0.2, 3)), Unary("Reciprocal", X(5).In(0.5, 2)),
        Unary("Relu"), Unary("Sigmoid"), Unary("Tanh"), Unary("Softplus"), Unary("Softsign"), Unary("HardSwish", X(9).In(-5, 5)), Unary("HardSigmoid", X(9).In(-5, 5)),
        Unary("LeakyRelu"), Unary("Elu"), Unary("Gelu"), Unary("com.microsoft.Gelu"), Unary("com.microsoft.QuickGelu"),
        Unary("Gelu", "tanh", ("approximate", "tanh")), Unary("LeakyRelu", "alpha", ("alpha", 0.3f)), Unary("Elu", "alpha", ("alpha", 0.7f)),
        Unary("HardSigmoid", "alpha", ("alpha", 0.4f), ("beta", 0.3f)), Unary("com.microsoft.QuickGelu", "alpha", ("alpha", 1f)),
        Unary("Softmax", X(3, 4)), Unary("LogSoftmax", X(3, 4)),
        Unary("Softmax", X(3, 4), "axis 1", ("axis", 1)), Unary("LogSoftmax", X(3, 4), "axis 1", ("axis", 1)), Unary("Softmax", X(3, 4), "axis -2", ("axis", -2)),

        Binary("Add"), Binary("Sub"), Binary("Mul"), Binary("Max"), Binary("Min"), Binary("Sum"), Binary("Mean"),
        Binary("Div", W(1).In(0.5, 2)),
        Broadcast("Add"), Broadcast("Sub"), Broadcast("Mul"), Broadcast("Div"), Broadcast("Max"), Broadcast("Sum"), Broadcast("Mean"),
        new("Mul with itself", "Mul", (g, x) => g.Mul(x[0], x[0]), X(4)),
        new("Sub from itself scaled", "Sub", (g, x) => g.Sub(g.Scale(x[0], 3), x[0]), X(4)),
        new("Add lower rank", "Add", (g, x) => g.Add(x[0], x[1]), X(3, 4), W(4)),
        new("Mul lower rank with 1", "Mul", (g, x) => g.Mul(x[1], x[0]), X(3, 4), W(3, 1)),
        new("Mul scalar", "Mul", (g, x) => g.Mul(x[0], x[1]), X(3), W()),
        new("Add of one sample", "Add", (g, x) => g.Add(x[0], x[1]), X(3, 4), W(1, 3, 4)),
        new("Max of three", "Max", (g, x) => g.Emit("Max", [x[0], x[1], x[2]]), X(4), X(4), W(1)),
        new("Max of one", "Max", (g, x) => g.Emit("Max", [x[0]]), X(4)),
        new("Sum of three", "Sum", (g, x) => g.Emit("Sum", [x[0], x[1], x[2]]), X(4), X(4), W(1)),
        new("Mean of three", "Mean", (g, x) => g.Emit("Mean", [x[0], x[1], x[2]]), X(4), X(4), W(1)),

        new("Pow 2", "Pow", (g, x) => g.Emit("Pow", [x[0], g.Constant(2f)]), X(5)),
        new("Pow 1", "Pow", (g, x) => g.Emit("Pow", [x[0], g.Constant(1f)]), X(5)),
        new("Pow 0", "Pow", (g, x) => g.Add(x[0], g.Emit("Pow", [x[0], g.Constant(0f)])), X(5)),
        new("Pow 3", "Pow", (g, x) => g.Emit("Pow", [x[0], g.Constant(3f)]), X(5)),
        new("Pow half", "Pow", (g, x) => g.Emit("Pow", [x[0], g.Constant(0.5f)]), X(5).In(0.3, 2)),
        new("Pow integer exponent type", "Pow", (g, x) => g.Emit("Pow", [x[0], g.Int64s(3)]), X(5)),
        new("Pow computed", "Pow", (g, x) => g.Emit("Pow", [x[0], x[1]]), X(3, 4).In(0.3, 2), X(3, 1)),

        new("Where", "Where", (g, x) => g.Where(g.Emit("Greater", [x[0], x[1]]), x[0], g.Mul(x[1], x[1])), X(3, 4), X(3, 4)),
        new("Where broadcast", "Where", (g, x) => g.Where(g.Emit("Greater", [x[0], g.Constant(0f)]), x[1], x[2]), X(3, 4).Fixed(), X(1, 4), W()),
        new("Clip", "Clip", (g, x) => g.Emit("Clip", [x[0], g.Constant(-1f), g.Constant(1f)]), X(9)),
        new("Clip below only", "Clip", (g, x) => g.Emit("Clip", [x[0], g.Constant(-1f)]), X(9)),
        new("Clip above only", "Clip", (g, x) => g.Emit("Clip", [x[0], null, g.Constant(0.5f)]), X(9)),
        new("Cast", "Cast", (g, x) => g.Cast(g.Exp(g.Cast(x[0], ElementType.Float64)), ElementType.Float32), X(4)),
        new("Cast beside integers", "Cast", (g, x) => g.Mul(x[0], g.Cast(g.Cast(x[0], ElementType.Int64), ElementType.Float32)), X(4)),
        Step("Floor"), Step("Ceil"), Step("Round"), Step("Sign"),
    ];

    /// <summary>x step(x): the slope is the step itself.</summary>
    private static GradientCase Step(string op) => new($"{op} beside", op, (g, x) => g.Mul(x[0], g.Emit(op, [x[0]])), X(5));

    private static GradientCase Unary(string op, CaseInput? input = null, string variant = "", params (string Name, object Value)[] attributes)
    {
        string[] parts = op.Split('.');
        string domain = parts.Length == 1 ? "" : Node.MicrosoftDomain;
        return new($"{op} {variant}".Trim(), op, (g, x) => g.Emit(parts[^1], [x[0]], NodeAttributes.Of(attributes), domain), input ?? X(7));
    }

    private static GradientCase Unary(string op, string variant, params (string Name, object Value)[] attributes) => Unary(op, null, variant, attributes);

    private static GradientCase Binary(string op, CaseInput? second = null) =>
        new(op, op, (g, x) => g.Emit(op, [x[0], x[1]]), X(3), second ?? X(3));

    private static GradientCase Broadcast(string op) =>
        new($"{op} broadcast", op, (g, x) => g.Emit(op, [x[0], x[1]]), X(3, 1, 2).In(0.5, 2), X(1, 4, 1).In(0.5, 2));
}
