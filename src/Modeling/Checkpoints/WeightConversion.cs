using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>Conversion of stored floating-point weights to the float32 that everything is computed in.</summary>
public static class WeightConversion
{
    private const int ChunkElements = 1 << 16;

    /// <summary>Whether weights of this type are floating-point numbers, but not float32.</summary>
    public static bool NeedsConversion(ElementType type) => type.IsFloatingPoint() && type != ElementType.Float32;

    /// <summary>
    /// Writes a weight's elements as little-endian float32, a chunk at a time: float16 and bfloat16 exactly, float64 rounded to
    /// nearest. Values beyond float32 become infinite, as they do when PyTorch loads them into a float32 model.
    /// </summary>
    /// <exception cref="PellucidException">The weight's file cannot be read.</exception>
    internal static void WriteFloat32(Weight weight, Stream target)
    {
        ElementType type = weight.Type.Element;
        int width = type.SizeInBytes();
        long rest = weight.Shape.ElementCount();
        int chunk = (int)Math.Min(rest, ChunkElements);
        byte[] source = new byte[chunk * width];
        float[] converted = new float[chunk];
        using CheckpointFile? file = weight is FileWeight f ? CheckpointFile.Open(f.Path) : null;
        HostTensor? memory = file is null ? weight.Read() : null;
        for (long done = 0; rest > 0; done += chunk, rest -= chunk)
        {
            chunk = (int)Math.Min(rest, ChunkElements);
            Span<byte> bytes = source.AsSpan(0, chunk * width);
            if (file is not null) file.Read(((FileWeight)weight).Offset + (done * width), bytes, "a weight");
            else memory!.Bytes.Slice((int)(done * width), bytes.Length).CopyTo(bytes);
            Convert(type, bytes, converted.AsSpan(0, chunk));
            target.Write(MemoryMarshal.AsBytes(converted.AsSpan(0, chunk)));
        }
    }

    private static void Convert(ElementType type, ReadOnlySpan<byte> source, Span<float> target)
    {
        switch (type)
        {
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), target);
                break;
            case ElementType.BFloat16:
                for (int i = 0; i < target.Length; i++)
                    target[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(source[(2 * i)..]) << 16);
                break;
            case ElementType.Float64:
                TensorPrimitives.ConvertTruncating<double, float>(MemoryMarshal.Cast<byte, double>(source), target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "needs no conversion to float32");
        }
    }
}
