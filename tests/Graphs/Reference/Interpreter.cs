namespace Pellucid.Graphs.Tests.Reference;

/// <summary>
/// Evaluates a graph in float64, node by node, each operator written as its definition reads. Slow on purpose: it is what
/// gradients are checked against, so it must be obviously right.
/// </summary>
public static class Interpreter
{
    private static readonly Dictionary<string, Func<Call, Tensor[]>> Operators = new[]
        {
            ElementwiseOperators.All, MatrixOperators.All, NormalizationOperators.All, LayoutOperators.All,
            IndexOperators.All, ReductionOperators.All, ConvolutionOperators.All, PoolOperators.All,
        }
        .SelectMany(o => o).ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);

    /// <summary>Runs a graph. Shapes of the inputs are not checked against the declared ones: cotangents may be stacked.</summary>
    public static IReadOnlyDictionary<string, Tensor> Run(Graph graph, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (Value input in graph.Inputs) values[input.Name] = inputs[input.Name];
        foreach ((string name, Weight weight) in graph.Weights) values[name] = Tensor.From(weight.Read());
        foreach (Node node in graph.Nodes)
        {
            if (!Operators.TryGetValue(node.QualifiedOp, out Func<Call, Tensor[]>? op)) throw new NotSupportedException($"the interpreter lacks {node.QualifiedOp}");
            Tensor?[] arguments = [.. node.Inputs.Select(i => i.Length == 0 ? null : values[i])];
            Tensor[] results;
            try
            {
                results = op(new Call(node, arguments));
            }
            catch (Exception error) when (error is not NotSupportedException)
            {
                throw new InvalidOperationException($"{node.QualifiedOp}({string.Join(", ", arguments.Select(a => a?.ToString() ?? "-"))}): {error.Message}", error);
            }

            for (int i = 0; i < node.Outputs.Length; i++) if (node.Outputs[i].Length > 0) values[node.Outputs[i]] = results[i];
        }

        return graph.Outputs.ToDictionary(o => o.Name, o => values[o.Value], StringComparer.Ordinal);
    }
}
