using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>
/// SHA-256 of tensors that are asked for again and again, such as an image that is explained for one text after another. A checksum, which is several times cheaper, tells
/// whether a tensor still holds what was hashed. Safe for concurrent use.
/// </summary>
internal static class PixelHashes
{
    private static readonly ConditionalWeakTable<HostTensor, Known> Hashes = [];

    /// <summary>The hash of a tensor's bytes, hexadecimal.</summary>
    public static string Of(HostTensor tensor)
    {
        uint check = Check(tensor.Bytes);
        if (Hashes.TryGetValue(tensor, out Known? known) && known.Check == check) return known.Hash;
        string hash = Convert.ToHexString(SHA256.HashData(tensor.Bytes));
        Hashes.AddOrUpdate(tensor, new Known(check, hash));
        return hash;
    }

    /// <summary>Four interleaved CRC-32C, of which the processor works on several at a time.</summary>
    private static uint Check(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        uint a = 0, b = 1, c = 2, d = 3;
        int i = 0;
        for (; i + 4 <= words.Length; i += 4)
        {
            a = BitOperations.Crc32C(a, words[i]);
            b = BitOperations.Crc32C(b, words[i + 1]);
            c = BitOperations.Crc32C(c, words[i + 2]);
            d = BitOperations.Crc32C(d, words[i + 3]);
        }

        foreach (byte rest in bytes[(i * sizeof(ulong))..]) a = BitOperations.Crc32C(a, rest);
        return BitOperations.Crc32C(BitOperations.Crc32C(BitOperations.Crc32C(a, b), c), d);
    }

    private sealed record Known(uint Check, string Hash);
}
