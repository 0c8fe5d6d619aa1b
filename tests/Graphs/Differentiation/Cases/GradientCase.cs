namespace Pellucid.Graphs.Tests.Differentiation.Cases;

/// <summary>One use of an operator whose gradient is checked: name, operator under test, inputs and the graph between.</summary>
public sealed record GradientCase(string Name, string Operator, Func<GraphBuilder, Value[], Value> Build, params CaseInput[] Inputs)
{
    /// <summary>
    /// Whether several cotangents of one forward may be stacked. Where not, the attempt may fail, when the gradient is built
    /// or when it is run; what goes through must be right.
    /// </summary>
    public bool Stacks { get; init; } = true;

    /// <summary>Whether the graph may have a dynamic batch.</summary>
    public bool DynamicBatch { get; init; } = true;

    /// <summary>Name of the i-th input.</summary>
    public static string InputName(int i) => $"x{i}";

    /// <summary>The graph for a batch, which may be <see cref="TensorShape.Dynamic"/>; its output is <c>y</c>.</summary>
    public GraphBuilder Graph(long batch)
    {
        var g = new GraphBuilder(Name);
        Value[] values = [.. Inputs.Select((input, i) => g.Input(InputName(i), input.Type(batch)))];
        g.Output("y", Build(g, values));
        return g;
    }

    public override string ToString() => Name;
}
