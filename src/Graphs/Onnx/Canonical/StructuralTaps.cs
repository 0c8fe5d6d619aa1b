using System.Globalization;
using Pellucid.Graphs.Onnx.Export;

namespace Pellucid.Graphs.Onnx.Canonical;

/// <summary>Names what explanations look at by its place in the graph, in topological order, counted from 0.</summary>
internal static class StructuralTaps
{
    private const int MostSteps = 256;

    public static Graph AddTo(Graph graph, IReadOnlyDictionary<string, string> metadata)
    {
        GraphBuilder g = graph.Edit();
        Convolutions(g);
        Attention(g);
        Residuals(g);
        foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (key.StartsWith(OnnxWriter.TapKey, StringComparison.Ordinal) && graph.Types.ContainsKey(value)) g.Tap(key[OnnxWriter.TapKey.Length..], At(g, value));
        }

        return g.Build();
    }

    private static void Convolutions(GraphBuilder g)
    {
        int count = 0;
        foreach (Node node in g.Nodes.Where(n => n.QualifiedOp is "Conv"))
        {
            Value y = At(g, node.Outputs[0]);
            Tap(g, "conv", count++, null, y);
            g.Tap("conv.last", y);
        }
    }

    /// <summary>A Softmax whose input comes from a product of two computed matrices, and whose output goes into another.</summary>
    private static void Attention(GraphBuilder g)
    {
        Dictionary<string, List<Node>> readers = Readers(g);
        int count = 0;
        foreach (Node node in g.Nodes.Where(n => n.QualifiedOp is "Softmax"))
        {
            if (!ComesFromProduct(g, node.Inputs[0]) || Context(readers, node.Outputs[0]) is not { } product) continue;
            Tap(g, "attention", count, "scores", At(g, node.Inputs[0]));
            Tap(g, "attention", count, "probabilities", At(g, node.Outputs[0]));
            Tap(g, "attention", count, "value", At(g, product.Inputs[1]));
            Tap(g, "attention", count, "context", At(g, product.Outputs[0]));
            count++;
        }
    }

    /// <summary>Through masks, scales and reshapes.</summary>
    private static bool ComesFromProduct(GraphBuilder g, string value)
    {
        var open = new Queue<string>([value]);
        for (int steps = 0; steps < 16 && open.TryDequeue(out string? next); steps++)
        {
            if (g.ProducerOf(next) is not { } node) continue;
            if (IsProduct(node)) return g.WeightOf(node.Inputs[0]) is null && g.WeightOf(node.Inputs[1]) is null;
            if (node.QualifiedOp is "Add" or "Sub" or "Mul" or "Div" or "Where" or "Reshape" or "Max" or "Clip" or "Cast") foreach (string input in node.Inputs) open.Enqueue(input);
        }

        return false;
    }

    /// <summary>The product that the probabilities are the left factor of.</summary>
    private static Node? Context(Dictionary<string, List<Node>> readers, string probabilities)
    {
        string value = probabilities;
        for (int steps = 0; steps < 4 && readers.TryGetValue(value, out List<Node>? next); steps++)
        {
            if (next.Find(n => IsProduct(n) && string.Equals(n.Inputs[0], value, StringComparison.Ordinal)) is { } product) return product;
            if (next.Find(n => n.QualifiedOp is "Reshape" or "Cast") is not { } through) return null;
            value = through.Outputs[0];
        }

        return null;
    }

    /// <summary>A sum of a value and something computed from it, of one shape with at least three dimensions.</summary>
    private static void Residuals(GraphBuilder g)
    {
        int count = 0;
        foreach (Node node in g.Nodes.Where(n => n.QualifiedOp is "Add"))
        {
            string a = node.Inputs[0], b = node.Inputs[1];
            if (g.WeightOf(a) is not null || g.WeightOf(b) is not null) continue;
            if (g.TypeOf(a) is not { Shape.Rank: >= 3 } type || !type.Equals(g.TypeOf(b)) || !type.Element.IsFloatingPoint()) continue;
            if (LeadsTo(g, a, b) || LeadsTo(g, b, a)) Tap(g, "residual", count++, null, At(g, node.Outputs[0]));
        }
    }

    private static bool LeadsTo(GraphBuilder g, string from, string to)
    {
        var seen = new HashSet<string>([to], StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        for (int steps = 0; steps < MostSteps && open.TryDequeue(out string? next); steps++)
        {
            if (string.Equals(next, from, StringComparison.Ordinal)) return true;
            if (g.ProducerOf(next) is not { } node) continue;
            foreach (string input in node.Inputs) if (input.Length > 0 && seen.Add(input)) open.Enqueue(input);
        }

        return false;
    }

    private static Value At(GraphBuilder g, string value) => new(value, g.TypeOf(value));

    private static bool IsProduct(Node node) => node.OpType is "MatMul" or "FusedMatMul" && node.Inputs.Length == 2;

    private static Dictionary<string, List<Node>> Readers(GraphBuilder g)
    {
        var readers = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        foreach (Node node in g.Nodes)
        {
            foreach (string input in node.Inputs.Distinct(StringComparer.Ordinal))
            {
                if (!readers.TryGetValue(input, out List<Node>? list)) readers[input] = list = [];
                list.Add(node);
            }
        }

        return readers;
    }

    private static void Tap(GraphBuilder g, string kind, int number, string? part, Value value) =>
        g.Tap(string.Create(CultureInfo.InvariantCulture, $"{kind}.{number}{(part is null ? string.Empty : "." + part)}"), value);
}
