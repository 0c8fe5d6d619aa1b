using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pellucid.Graphs;

/// <summary>Content hash of a graph. Values are numbered in order of appearance, so that names do not matter.</summary>
internal static class GraphHash
{
    public static string Compute(Graph graph)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal) { [string.Empty] = -1 };

        void Add(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        string Number(string value)
        {
            if (!numbers.TryGetValue(value, out int n))
            {
                numbers[value] = n = numbers.Count;
                if (graph.Weights.TryGetValue(value, out Weight? weight)) AddWeight(weight, Add, hash);
            }

            return n.ToString(CultureInfo.InvariantCulture);
        }

        Add($"opset {graph.Opset}");
        foreach (Value input in graph.Inputs) Add($"input {input.Name} {input.Type} {Number(input.Name)}");
        foreach (Node node in graph.Nodes)
        {
            Add(node.QualifiedOp);
            foreach (string input in node.Inputs) Add(Number(input));
            foreach (string output in node.Outputs) Add(Number(output));
            foreach ((string name, object value) in node.Attributes) Add($"{name}={AttributeText(value)}");
        }

        foreach (GraphOutput output in graph.Outputs) Add($"output {output.Name} {Number(output.Value)}");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddWeight(Weight weight, Action<string> add, IncrementalHash hash)
    {
        if (weight is FileWeight file)
        {
            add($"file {file.Type} {file.Path} {file.Offset}");
            return;
        }

        add($"inline {weight.Type}");
        hash.AppendData(weight.Read().Bytes);
    }

    /// <summary>An attribute's value as text that differs where the value differs.</summary>
    internal static string AttributeText(object value) => value switch
    {
        long[] v => string.Join(',', v),
        float[] v => string.Join(',', v.Select(x => x.ToString("R", CultureInfo.InvariantCulture))),
        string[] v => string.Join('\u0001', v),
        float v => v.ToString("R", CultureInfo.InvariantCulture),
        HostTensor v => $"{v} {Convert.ToHexString(SHA256.HashData(v.Bytes))}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
