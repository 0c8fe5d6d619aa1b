namespace Pellucid.Graphs.Inference;

/// <summary>Operators that work element by element, with broadcasting.</summary>
internal static class ElementwiseInference
{
    public static IEnumerable<KeyValuePair<string, Func<InferenceContext, TensorType[]>>> Rules
    {
        get
        {
            string[] unary =
            [
                "Relu", "Sigmoid", "Tanh", "Erf", "Exp", "Log", "Sqrt", "Neg", "Abs", "Reciprocal", "Gelu", "com.microsoft.QuickGelu",
                "Identity", "Clip", "LeakyRelu", "Elu", "Selu", "HardSwish", "HardSigmoid", "Softplus", "Softsign", "Mish", "Sin", "Cos", "Tan",
                "Floor", "Ceil", "Round", "Sign", "Softmax", "LogSoftmax", "Not", "Trilu", "CumSum", "Asin", "Acos", "Atan", "Sinh", "Cosh",
                "com.microsoft.FastGelu", "com.microsoft.Gelu", "PRelu", "ThresholdedRelu", "Celu", "Hardmax", "LpNormalization", "LRN",
            ];
            foreach (string op in unary) yield return new(op, c => [c.Type(0)]);
            foreach (string op in new[] { "Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sum", "Mean", "Mod", "BitShift", "Fmod" })
                yield return new(op, c => [Broadcast(c, c.Element(0))]);
            foreach (string op in new[] { "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Xor" })
                yield return new(op, c => [Broadcast(c, ElementType.Bool)]);
            yield return new("IsNaN", c => [new(ElementType.Bool, c.Shape(0))]);
            yield return new("IsInf", c => [new(ElementType.Bool, c.Shape(0))]);
            yield return new("Where", c => [Broadcast(c, c.Element(1))]);
            yield return new("Cast", c => [new((ElementType)c.Attributes.Int("to", 1), c.Shape(0))]);
            yield return new("Dropout", c => [c.Type(0), new(ElementType.Bool, c.Shape(0))]);
        }
    }

    private static TensorType Broadcast(InferenceContext c, ElementType element)
    {
        TensorShape shape = c.Shape(0);
        for (int i = 1; i < c.Node.Inputs.Length; i++)
        {
            shape = Broadcasting.Combine(shape, c.Shape(i)) ?? throw c.Error($"the shapes {shape} and {c.Shape(i)} do not broadcast");
        }

        return new TensorType(element, shape);
    }
}
