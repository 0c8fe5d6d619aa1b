using Pellucid.Graphs.Inference;
using Pellucid.Graphs.Onnx.Canonical.Folding;

namespace Pellucid.Graphs.Onnx.Canonical;

/// <summary>One evaluation of a model's shape code: every symbol has a size, so shapes are numbers and small values are known.</summary>
internal sealed class Probe(FoldBudget budget)
{
    private readonly Dictionary<string, TensorType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HostTensor> _values = new(StringComparer.Ordinal);

    public void Declare(string name, TensorType type) => _types[name] = type;

    public void Declare(string name, Weight weight)
    {
        _types[name] = weight.Type;
        if (weight is InlineWeight && weight.Shape.ElementCount() <= ConstantFolder.MostElements) _values[name] = weight.Read();
    }

    /// <summary>Infers a node's outputs and, where everything it reads is known, computes them.</summary>
    public void Step(Node node)
    {
        TensorType[] types = ShapeInference.Infer(node, v => _types[v], Value);
        for (int i = 0; i < types.Length; i++) if (node.Outputs[i].Length > 0) _types[node.Outputs[i]] = types[i];
        if (!budget.Allows(types.Sum(t => t.Shape is { IsFixed: true } shape ? shape.ElementCount() : 0))) return;
        HostTensor[]? results = ConstantFolder.Fold(node, types, Type, Value);
        if (results is null || !budget.TryTake(results.Sum(r => (long)r.Length))) return;
        for (int i = 0; i < results.Length; i++)
        {
            if (node.Outputs[i].Length == 0) continue;
            _values[node.Outputs[i]] = results[i];
            _types[node.Outputs[i]] = new TensorType(results[i].ElementType, results[i].Shape);
        }
    }

    public TensorType? Type(string name) => _types.GetValueOrDefault(name);

    public HostTensor? Value(string name) => _values.GetValueOrDefault(name);
}
