using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Hashes of named parts: each name and value goes in with its length, so that no two lists of parts run together.</summary>
internal static class ContentKey
{
    private const int LongestText = 4096;

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    /// <param name="kind">What the key is of, with the version of its making.</param>
    /// <param name="parts">Names and values in a fixed order.</param>
    public static string Of(string kind, params ReadOnlySpan<(string Name, string Value)> parts) => Convert.ToHexStringLower(Hash(kind, parts));

    /// <summary>The first 64 bits of the same hash, as a seed.</summary>
    public static ulong SeedOf(string kind, params ReadOnlySpan<(string Name, string Value)> parts) => BinaryPrimitives.ReadUInt64BigEndian(Hash(kind, parts));

    /// <summary>A text itself, or its hash where it is long: what thousands of targets share, such as the prompts of a thousand classes, is not written into each.</summary>
    /// <param name="kind">What it is of.</param>
    /// <param name="text">The text.</param>
    public static string Short(string kind, string text) => text.Length <= LongestText ? text : $"{kind}, sha256 {Of(kind, ("text", text))}";

    private static byte[] Hash(string kind, ReadOnlySpan<(string Name, string Value)> parts)
    {
        StringBuilder text = new(kind);
        foreach ((string name, string value) in parts) text.Append($"\n{name.Length}:{name}={value.Length}:{value}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
