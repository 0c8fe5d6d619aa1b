using System.Text.Json;

namespace Pellucid.Host.Verification.Suites;

/// <summary>Parameters of relevance propagation, as the suite "captum" writes them for the conventions of two libraries.</summary>
internal static class RelevanceSpecs
{
    private const string LayersOfTheirOwn = "EpsilonRule everywhere, batch norm as its own layer";

    private const string Merged = "zennit Epsilon on conv and linear with batch norm merged into the preceding convolution";

    /// <summary>Captum: batch normalization, maximum pooling, sums and the product with the text are layers like the others.</summary>
    public static (string, string)[] Captum { get; } = [("batch-norm", "layer"), ("max-pool", "epsilon"), ("start", "score"), ("sum-epsilon", "0")];

    /// <summary>All of them.</summary>
    public static Dictionary<string, ParameterRule> Epsilon { get; } = new(StringComparer.Ordinal)
    {
        ["rule"] = Rule,
        ["epsilon"] = PathSpecs.Number("epsilon"),
        ["start"] = Start,
    };

    private static (string, string)[]? Rule(JsonElement value, int? modelHeads)
    {
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
        if (text.StartsWith(LayersOfTheirOwn, StringComparison.Ordinal)) return Captum;
        return text.StartsWith(Merged, StringComparison.Ordinal)
            ? [("batch-norm", "merged"), ("max-pool", "gradient"), ("start", "embedding"), ("sum-epsilon", "1e-06")]
            : null;
    }

    /// <summary>R_j = e_j, or its weight in the target times e_j: what the dimensions of the embedding e contribute.</summary>
    private static (string, string)[]? Start(JsonElement value, int? modelHeads) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith("R_j = ", StringComparison.Ordinal) ? [("start", "embedding")] : null;
}
