using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Host.Explaining;

/// <summary>What no result may hold, whoever's explainer it comes from: a number that is none, or a map that does not lie over an image.</summary>
internal static class ExplanationFaults
{
    /// <summary>What is wrong with an explanation; null where nothing is.</summary>
    public static string? Of(Explanation explanation) =>
        !double.IsFinite(explanation.Score) || !double.IsFinite(explanation.ExplainedScore) ? $"the score is {explanation.Score} and the explained score {explanation.ExplainedScore}: these are no numbers"
        : explanation.Image is { Map: var map } && (map.Shape.Rank != 2 || map.Length == 0) ? $"the map is {map.Shape}: over an image it is [h, w], with at least one value"
        : explanation.Image is { } image && !(TensorPrimitives.IsFiniteAll(image.Map.Floats) && (image.Elements is null || TensorPrimitives.IsFiniteAll(image.Elements.Floats))) ? "the map holds values that are no numbers"
        : explanation.Text is { } text && !(text.Signed.All(float.IsFinite) && text.Importances.All(float.IsFinite)) ? "the word importances hold values that are no numbers"
        : WordMaps(explanation) is { } words && !TensorPrimitives.IsFiniteAll(words.Floats) ? "the maps of words hold values that are no numbers"
        : null;

    /// <summary>[words, h, w] by methods that tell which word meets which part of the image; null from others.</summary>
    public static HostTensor? WordMaps(Explanation explanation) =>
        explanation is { Image: not null, Text: { } text } && explanation.Details.GetValueOrDefault(Explanation.InteractionsDetail) is { } maps && maps.Shape.Rank == 3 && maps.Shape[0] == text.Tokens.Words.Count ? maps : null;
}
