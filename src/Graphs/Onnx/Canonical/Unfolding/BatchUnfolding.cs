using System.Collections.Immutable;
using Pellucid.Graphs.Onnx.Canonical.Shapes;

namespace Pellucid.Graphs.Onnx.Canonical.Unfolding;

/// <summary>
/// Exporters' models fold heads and windows into the batch: [B h, N, d]. A cotangent batch of K against an activation
/// batch of 1 then no longer broadcasts (K h against h). Here such values keep the batch as an axis of its own, from
/// the Reshape that folds to the one that unfolds; an operator that this does not know gets the folded value back.
/// </summary>
internal sealed class BatchUnfolding(Assembly assembly)
{
    private readonly Dictionary<string, Unfolded> _values = new(StringComparer.Ordinal);

    /// <summary>The unfolded form of a value, where it has one.</summary>
    public Unfolded? Of(string name) => _values.GetValueOrDefault(name);

    /// <summary>Appends the unfolded form of a node; false where it has none.</summary>
    public bool TryAppend(Node node)
    {
        if (node.OpType is "Reshape" && node.Domain.Length == 0) return Reshape(node);
        if (!node.Inputs.Any(_values.ContainsKey) || UnfoldedOperators.Rewrite(node, this, assembly) is not var (inputs, axis, attributes)) return false;
        Unfolded source = _values[node.Inputs.First(_values.ContainsKey)];
        ImmutableArray<string> outputs = [.. node.Outputs.Select(o => o.Length == 0 ? o : assembly.Free(o))];
        IReadOnlyList<Value> made = assembly.Builder.Append(node with { Inputs = [.. inputs.Select(i => i.Name)], Outputs = outputs, Attributes = attributes });
        for (int i = 0; i < made.Count; i++) if (node.Outputs[i].Length > 0) _values[node.Outputs[i]] = new Unfolded(made[i], axis, source.Factor, node);
        return true;
    }

    /// <summary>The folded value again, for an operator that needs it.</summary>
    public Value? Refold(string name)
    {
        if (Of(name) is not { } unfolded) return null;
        Value source = unfolded.Node.OpType is "Reshape" ? Source(unfolded.Node.Inputs[0]) : unfolded.Value;
        long[] target = [.. assembly.ShapeOf(name, 0)!];
        target[unfolded.Axis] = -1;
        return assembly.Builder.Emit("Reshape", [source, assembly.Builder.Int64s(target)]);
    }

    private Value Source(string name) => Of(name)?.Value ?? assembly.Use(name);

    private bool Reshape(Node node)
    {
        string y = node.Outputs[0];
        if (assembly.ShapeOf(y, 0) is not { IsFixed: true } first || assembly.ShapeOf(y, 1) is not { IsFixed: true } second || first.Rank != second.Rank || first.Contains(0)) return false;
        int[] open = [.. Enumerable.Range(0, first.Rank).Where(i => first[i] != second[i])];
        if (open.Length != 1) return false;
        int axis = open[0];
        long factor = assembly.Symbols.FactorOf(first[axis], second[axis]);
        if (factor > 1)
        {
            long[] target = [.. first.Dimensions[..axis], -1, factor, .. first.Dimensions[(axis + 1)..]];
            _values[y] = new Unfolded(Append(node, target), axis, factor, node);
            return true;
        }

        if (factor != 1 || Of(node.Inputs[0]) is null) return false;
        assembly.Define(y, Append(node, [.. first.Select((d, i) => i == axis ? -1 : d)]));
        return true;
    }

    private Value Append(Node node, long[] target) =>
        ReshapeToBatch.Emit(node, assembly, [Source(node.Inputs[0]), assembly.Builder.Int64s(target)], NodeAttributes.None);
}
