using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>A region of an image, in the pixels that the model takes.</summary>
public sealed class RegionMask
{
    private readonly Lazy<string> _hash;

    /// <summary>Makes a mask.</summary>
    /// <param name="pixels">Whether each pixel belongs to the region, row-major.</param>
    /// <param name="shape">[H, W] or [D, H, W].</param>
    /// <param name="name">What it shows.</param>
    /// <exception cref="PellucidException">The number of pixels does not fit the shape.</exception>
    public RegionMask(IReadOnlyList<bool> pixels, TensorShape shape, string name = "region")
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(shape);
        Pixels = [.. pixels];
        Shape = shape;
        Name = name;
        if (shape.ElementCount() != Pixels.Length) throw new PellucidException($"the mask '{name}' has {Pixels.Length} pixels, its shape {shape} has {shape.ElementCount()}");
        _hash = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData([.. MemoryMarshal.AsBytes(Pixels.AsSpan()), .. MemoryMarshal.AsBytes(Shape.ToArray().AsSpan())])));
    }

    /// <summary>Whether each pixel belongs to the region, row-major.</summary>
    public bool[] Pixels { get; }

    /// <summary>[H, W] or [D, H, W].</summary>
    public TensorShape Shape { get; }

    /// <summary>What it shows.</summary>
    public string Name { get; }

    /// <summary>SHA-256 (hex) of pixels and shape: part of the key of a metric's result.</summary>
    public string ContentHash => _hash.Value;
}
