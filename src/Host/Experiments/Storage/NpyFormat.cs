using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>NumPy's .npy files (format 1.0) with little-endian float32 or int64 in C order.</summary>
public static partial class NpyFormat
{
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>A tensor as a file.</summary>
    /// <param name="tensor">float32 or int64 of any shape.</param>
    public static byte[] Write(HostTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        long[] sides = [.. Enumerable.Range(0, tensor.Shape.Rank).Select(i => tensor.Shape[i])];
        string shape = string.Concat(sides.Select(s => s.ToString(CultureInfo.InvariantCulture) + ", ")).TrimEnd(sides.Length == 1 ? ' ' : ',', ' ');
        string header = $"{{'descr': '{(tensor.ElementType == ElementType.Int64 ? "<i8" : "<f4")}', 'fortran_order': False, 'shape': ({shape}), }}";
        int padded = ((Magic.Length + 2 + header.Length + 1 + 63) / 64 * 64) - Magic.Length - 2;
        header = header.PadRight(padded - 1) + "\n";
        ReadOnlySpan<byte> data = tensor.ElementType is ElementType.Float32 or ElementType.Int64 ? tensor.Bytes : throw new ArgumentException($"{tensor} is neither float32 nor int64", nameof(tensor));
        byte[] file = new byte[Magic.Length + 2 + header.Length + data.Length];
        Magic.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(Magic.Length), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header, file.AsSpan(Magic.Length + 2));
        data.CopyTo(file.AsSpan(Magic.Length + 2 + header.Length));
        return file;
    }

    /// <summary>A file as a tensor.</summary>
    /// <exception cref="PellucidException">It is none that <see cref="Write"/> could have made.</exception>
    public static HostTensor Read(ReadOnlySpan<byte> file)
    {
        int start = Magic.Length + 2;
        if (file.Length < start || !file.StartsWith(Magic)) throw new PellucidException("this is no .npy file of format 1.0");
        int length = BinaryPrimitives.ReadUInt16LittleEndian(file[Magic.Length..]);
        if (file.Length < start + length) throw new PellucidException("the .npy file ends inside its header");
        Match header = Header().Match(Encoding.ASCII.GetString(file.Slice(start, length)));
        if (!header.Success) throw new PellucidException("the .npy file holds something else than float32 or int64 in C order");
        long[] shape = [.. header.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(s => long.Parse(s, CultureInfo.InvariantCulture))];
        ReadOnlySpan<byte> data = file[(start + length)..];
        bool whole = header.Groups["type"].Value == "i8";
        if (data.Length != shape.Aggregate(whole ? 8L : 4L, (a, b) => a * b)) throw new PellucidException($"the .npy file should hold [{string.Join(", ", shape)}] values and holds {data.Length} bytes");
        return whole ? HostTensor.Of(MemoryMarshal.Cast<byte, long>(data).ToArray(), shape) : HostTensor.Of(MemoryMarshal.Cast<byte, float>(data).ToArray(), shape);
    }

    [GeneratedRegex(@"^\{'descr': '<(?<type>f4|i8)', 'fortran_order': False, 'shape': \((?<shape>[0-9, ]*)\), \} *\n$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Header();
}
