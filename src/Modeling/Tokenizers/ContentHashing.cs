using System.Security.Cryptography;
using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>Hashes what decides a tokenizer's ids.</summary>
internal static class ContentHashing
{
    /// <summary>SHA-256, in lower-case hexadecimal, of settings and files; each part goes in with its length, so none can pass for another.</summary>
    /// <param name="settings">Every setting that can change an id.</param>
    /// <param name="files">Contents of the vocabulary files.</param>
    public static string Hash(string settings, params ReadOnlySpan<byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(Encoding.UTF8.GetBytes(settings));
        foreach (byte[] file in files) Append(file);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(byte[] part)
        {
            hash.AppendData(BitConverter.GetBytes((long)part.Length));
            hash.AppendData(part);
        }
    }
}
