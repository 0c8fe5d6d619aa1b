using System.Collections;
using System.Runtime.CompilerServices;

namespace Pellucid.Graphs;

/// <summary>
/// Dimensions of a tensor, outermost first. A dimension is at least 0, or <see cref="Dynamic"/> for the one
/// that is only known at run time (the batch). Immutable, compared by value.
/// </summary>
[CollectionBuilder(typeof(TensorShape), nameof(Create))]
public sealed class TensorShape : IReadOnlyList<long>, IEquatable<TensorShape>
{
    /// <summary>Marks a dimension that is only known at run time.</summary>
    public const long Dynamic = -1;

    private readonly long[] _dimensions;

    /// <summary>Makes a shape of the given dimensions; none makes the shape of a scalar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below -1.</exception>
    public TensorShape(params ReadOnlySpan<long> dimensions)
    {
        foreach (long d in dimensions) ArgumentOutOfRangeException.ThrowIfLessThan(d, Dynamic, nameof(dimensions));
        _dimensions = dimensions.ToArray();
    }

    /// <summary>The shape of a scalar: rank 0, one element.</summary>
    public static TensorShape Scalar { get; } = new();

    /// <summary>Number of dimensions.</summary>
    public int Rank => _dimensions.Length;

    /// <inheritdoc/>
    public int Count => _dimensions.Length;

    /// <summary>Whether every dimension is known.</summary>
    public bool IsFixed => Array.IndexOf(_dimensions, Dynamic) < 0;

    /// <summary>The dimensions.</summary>
    public ReadOnlySpan<long> Dimensions => _dimensions;

    /// <inheritdoc/>
    public long this[int index] => _dimensions[index];

    /// <summary>Dimension at an index, which counts from the end.</summary>
    public long this[Index index] => _dimensions[index];

    /// <summary>Makes a shape from a collection expression.</summary>
    public static TensorShape Create(ReadOnlySpan<long> dimensions) => new(dimensions);

    /// <summary>Number of elements.</summary>
    /// <exception cref="InvalidOperationException">A dimension is dynamic.</exception>
    /// <exception cref="OverflowException">The product exceeds 2^63 - 1.</exception>
    public long ElementCount()
    {
        if (!IsFixed) throw new InvalidOperationException($"shape {this} has a dynamic dimension");
        long count = 1;
        foreach (long d in _dimensions) count = checked(count * d);
        return count;
    }

    /// <summary>The dimensions as a new array.</summary>
    public long[] ToArray() => (long[])_dimensions.Clone();

    /// <summary>The same shape with one dimension changed; <paramref name="axis"/> may count from the end (-1 is the last).</summary>
    public TensorShape With(int axis, long dimension)
    {
        long[] copy = ToArray();
        copy[axis < 0 ? axis + copy.Length : axis] = dimension;
        return new TensorShape(copy);
    }

    /// <inheritdoc/>
    public bool Equals(TensorShape? other) => other is not null && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TensorShape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (long d in _dimensions) hash.Add(d);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)_dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _dimensions.GetEnumerator();

    /// <summary>For example <c>[?,197,768]</c>, where ? is dynamic.</summary>
    public override string ToString() => "[" + string.Join(",", _dimensions.Select(d => d == Dynamic ? "?" : d.ToString())) + "]";
}
