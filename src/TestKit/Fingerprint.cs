using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.TestKit;

/// <summary>A hash over every number and word of explanations: equal for equal bytes.</summary>
internal static class Fingerprint
{
    public static string Of(IReadOnlyList<Explanation> explanations)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Explanation explanation in explanations)
        {
            Add(hash, string.Create(CultureInfo.InvariantCulture,
                $"{explanation.Score:R}|{explanation.ExplainedScore:R}|{explanation.ExplainedTextScore:R}|{explanation.ExplainedFunction}"));
            if (explanation.Image is { } image)
            {
                Add(hash, $"{image.Signed}|{image.Upsampling}|{image.Undefined}");
                Add(hash, image.Map);
                if (image.Elements is { } elements) Add(hash, elements);
            }

            if (explanation.Text is { } text)
            {
                hash.AppendData(MemoryMarshal.AsBytes<float>(text.Importances.ToArray()));
                hash.AppendData(MemoryMarshal.AsBytes<float>(text.Signed.ToArray()));
                Add(hash, text.Undefined ?? string.Empty);
            }

            foreach ((string name, HostTensor detail) in explanation.Details.OrderBy(d => d.Key, StringComparer.Ordinal))
            {
                Add(hash, name);
                Add(hash, detail);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, HostTensor tensor)
    {
        Add(hash, tensor.ToString());
        hash.AppendData(tensor.Bytes);
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
}
