using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>Where the windows of a max pool have their largest elements.</summary>
internal sealed class WindowMaxima
{
    private readonly GraphBuilder _g;
    private readonly Value _indices;
    private readonly long _channels;
    private readonly long _size;

    /// <summary>Takes them from the operator's own output.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="x">The pool's input, [1, C, H, W] with fixed C, H and W.</param>
    /// <param name="indices">The pool's output Indices, which count through the whole batch.</param>
    public WindowMaxima(GraphBuilder g, Value x, Value indices)
    {
        _g = g;
        _channels = x.Shape[1];
        _size = x.Shape.Skip(2).Aggregate(1L, (a, b) => a * b);
        _indices = g.Reshape(g.Emit("Mod", [indices, g.Int64s(_size)]), 0, 0, -1);
    }

    /// <summary>Adds a number of each window, [K, C, windows], to its largest element: [K, C, H W].</summary>
    public Value Put(Value windows) => Scatter(_g.Emit("Expand", [_indices, Shape(windows)]), windows, "add");

    /// <summary>1 for windows that no later window shares its largest element with, in row-major order; else 0. [1, C, windows].</summary>
    public Value Last()
    {
        float[] numbers = [.. Enumerable.Range(1, checked((int)_indices.Shape[2])).Select(i => (float)i)];
        Value number = _g.Emit("Expand", [_g.Constant(HostTensor.Of(numbers, 1, 1, numbers.Length)), Shape(_indices)]);
        Value latest = _g.Emit("GatherElements", [Scatter(_indices, number, "max"), _indices], NodeAttributes.Of(("axis", 2L)));
        return _g.Cast(_g.Emit("Equal", [latest, number]), ElementType.Float32);
    }

    private Value Scatter(Value indices, Value numbers, string reduction)
    {
        Value shape = _g.Concat(0, Shape(numbers, 1), _g.Int64s(_channels, _size));
        Value zeros = _g.Emit("ConstantOfShape", [shape], NodeAttributes.Of(("value", HostTensor.Zeros(ElementType.Float32, [1]))));
        return _g.Emit("ScatterElements", [zeros, indices, numbers], NodeAttributes.Of(("axis", 2L), ("reduction", reduction)));
    }

    private Value Shape(Value x, int? end = null) => _g.Emit("Shape", [x], end is { } last ? NodeAttributes.Of(("start", 0L), ("end", (long)last)) : null);
}
