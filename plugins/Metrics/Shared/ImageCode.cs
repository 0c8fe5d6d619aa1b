using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>A number that all items of one image share: pools that compare images with each other must not take several targets of one image for several images.</summary>
internal static class ImageCode
{
    /// <summary>The start of a hash of the item's pixels.</summary>
    public static long Of(MeasuredItem item) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(item.Image.Pixels.Floats)));
}
