using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.TestKit;

/// <summary>What explanations must look like, by the contracts of <see cref="ImageAttribution"/> and <see cref="TokenAttribution"/>.</summary>
internal static class ExplanationChecks
{
    /// <summary>Importances are float32 and sum to 1 within rounding.</summary>
    private const float SumTolerance = 1e-4f;

    public static string? Check(ExplanationRequest request, IReadOnlyList<Explanation> explanations)
    {
        if (explanations.Count != request.Targets.Count) return $"there are {explanations.Count} explanations for {request.Targets.Count} targets";
        for (int k = 0; k < explanations.Count; k++)
        {
            if (Check(request, request.Targets[k], explanations[k]) is { } fault) return $"target {k} ({request.Targets[k].Describe()}): {fault}";
        }

        return null;
    }

    private static string? Check(ExplanationRequest request, ExplanationTarget target, Explanation explanation)
    {
        if (!ReferenceEquals(explanation.Target, target) && explanation.Target != target) return "Target is not the target that was asked for at this place";
        if (explanation.Image is null && explanation.Text is null) return "there is neither an image nor a text attribution";
        return (explanation.Image is null ? null : Check(request, explanation.Image))
            ?? (explanation.Text is null ? null : Check(target, explanation.Text))
            ?? explanation.Details.Where(d => d.Value.ElementType == ElementType.Float32 && !TensorPrimitives.IsFiniteAll<float>(d.Value.Floats))
                .Select(d => $"the detail '{d.Key}' is not finite").FirstOrDefault();
    }

    private static string? Check(ExplanationRequest request, ImageAttribution image)
    {
        if (image.Map.ElementType != ElementType.Float32 || image.Map.Shape.Rank != 2) return $"the map is {image.Map}; float32 [h, w] is needed";
        if (image.Map.Length == 0) return "the map has no element";
        if (!TensorPrimitives.IsFiniteAll<float>(image.Map.Floats)) return "the map is not finite";
        if (!image.Signed && TensorPrimitives.Min<float>(image.Map.Floats) < 0) return "the map has negative values, but Signed is false";
        bool empty = !image.Map.Floats.ContainsAnyExcept(0f);
        if (empty && image.Undefined is null) return "the map is all zeros, and Undefined does not say why";
        if (!empty && image.Undefined is not null) return "Undefined is set, but the map is not all zeros";
        if (image.Elements is not { } elements) return null;
        if (elements.ElementType != ElementType.Float32 || !elements.Shape.SequenceEqual(request.Image.Pixels.Shape.Skip(1)))
            return $"the elements are {elements}; float32 of the pixels' shape without the batch, {request.Image.Pixels.Shape}, is needed";
        return TensorPrimitives.IsFiniteAll<float>(elements.Floats) ? null : "the elements are not finite";
    }

    private static string? Check(ExplanationTarget target, TokenAttribution text)
    {
        if (target is MatchingScoreTarget match && !ReferenceEquals(text.Tokens, match.Text.Tokens)) return "the tokens are not those of the target's text";
        TokenizedText tokens = text.Tokens;
        if (text.Importances.Count != Math.Max(0, tokens.Length - 2)) return $"there are {text.Importances.Count} importances for {tokens.Length} tokens, start and end included";
        if (text.Signed.Count != tokens.Ids.Count) return $"there are {text.Signed.Count} signed scores for {tokens.Ids.Count} positions";
        if (text.Signed.Any(s => !float.IsFinite(s))) return "a signed score is not finite";
        if (text.Importances.Any(i => !float.IsFinite(i) || i < 0)) return "an importance is negative or not finite";
        float sum = text.Importances.Sum();
        if (text.Undefined is not null) return sum == 0 ? null : "the text's Undefined is set, but the importances are not all zeros";
        return Math.Abs(sum - 1) <= SumTolerance ? null : $"the importances sum to {sum}, not to 1, and Undefined does not say why";
    }
}
