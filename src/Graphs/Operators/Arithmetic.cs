namespace Pellucid.Graphs.Operators;

/// <summary>Elementwise operators, with broadcasting.</summary>
public static class Arithmetic
{
    /// <summary>a + b.</summary>
    public static Value Add(this GraphBuilder g, Value a, Value b) => g.Emit("Add", [a, b]);

    /// <summary>a - b.</summary>
    public static Value Sub(this GraphBuilder g, Value a, Value b) => g.Emit("Sub", [a, b]);

    /// <summary>a * b, element by element.</summary>
    public static Value Mul(this GraphBuilder g, Value a, Value b) => g.Emit("Mul", [a, b]);

    /// <summary>a * factor.</summary>
    public static Value Scale(this GraphBuilder g, Value a, float factor) => g.Emit("Mul", [a, g.Like(a, factor)]);

    /// <summary>a / b.</summary>
    public static Value Div(this GraphBuilder g, Value a, Value b) => g.Emit("Div", [a, b]);

    /// <summary>-a.</summary>
    public static Value Neg(this GraphBuilder g, Value a) => g.Emit("Neg", [a]);

    /// <summary>Square root.</summary>
    public static Value Sqrt(this GraphBuilder g, Value a) => g.Emit("Sqrt", [a]);

    /// <summary>e^a.</summary>
    public static Value Exp(this GraphBuilder g, Value a) => g.Emit("Exp", [a]);

    /// <summary>Absolute value.</summary>
    public static Value Abs(this GraphBuilder g, Value a) => g.Emit("Abs", [a]);

    /// <summary>1 / (1 + e^-a).</summary>
    public static Value Sigmoid(this GraphBuilder g, Value a) => g.Emit("Sigmoid", [a]);

    /// <summary>Hyperbolic tangent.</summary>
    public static Value Tanh(this GraphBuilder g, Value a) => g.Emit("Tanh", [a]);

    /// <summary>max(a, 0).</summary>
    public static Value Relu(this GraphBuilder g, Value a) => g.Emit("Relu", [a]);

    /// <summary>Exact GELU: a/2 (1 + erf(a / sqrt 2)).</summary>
    public static Value Gelu(this GraphBuilder g, Value a) => g.Emit("Gelu", [a]);

    /// <summary>a * sigmoid(1.702 a), as the CLIP models of OpenAI use it.</summary>
    public static Value QuickGelu(this GraphBuilder g, Value a) =>
        g.Emit("QuickGelu", [a], NodeAttributes.Of(("alpha", 1.702f)), Node.MicrosoftDomain);

    /// <summary>condition ? a : b, element by element.</summary>
    public static Value Where(this GraphBuilder g, Value condition, Value a, Value b) => g.Emit("Where", [condition, a, b]);

    /// <summary>Conversion to another element type.</summary>
    public static Value Cast(this GraphBuilder g, Value a, ElementType to) =>
        a.Type.Element == to ? a : g.Emit("Cast", [a], NodeAttributes.Of(("to", (long)to)));

    /// <summary>A scalar constant of the same element type as a value.</summary>
    public static Value Like(this GraphBuilder g, Value value, double scalar) => g.Constant(value.Type.Element switch
    {
        ElementType.Float64 => HostTensor.Of([scalar], TensorShape.Scalar),
        ElementType.Float16 => HostTensor.Of([(Half)scalar], TensorShape.Scalar),
        ElementType.Int64 => HostTensor.Of([(long)scalar], TensorShape.Scalar),
        ElementType.Int32 => HostTensor.Of([(int)scalar], TensorShape.Scalar),
        _ => HostTensor.Scalar((float)scalar),
    });
}
