using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>One explanation to measure, with what it explains.</summary>
public sealed record MeasuredItem
{
    private const MetricNeeds AsksTheModel = MetricNeeds.Evaluations | MetricNeeds.Gradients | MetricNeeds.Explainer | MetricNeeds.EditableModel;

    /// <summary>Name for messages and reports.</summary>
    public required string Name { get; init; }

    /// <summary>The image, [1, C, H, W] in the model's normalized pixels.</summary>
    public required ImageInput Image { get; init; }

    /// <summary>What is explained.</summary>
    public required ExplanationTarget Target { get; init; }

    /// <summary>[H, W] ([D, H, W] for volumes) float32 map at the resolution of the model's input; null where the explainer gives none.</summary>
    public HostTensor? Map { get; init; }

    /// <summary>[C, H, W] attribution of every input element; null where the explainer gives none.</summary>
    public HostTensor? Elements { get; init; }

    /// <summary>Importances of the tokens of the text; null where the explainer gives none.</summary>
    public TokenAttribution? Words { get; init; }

    /// <summary>[words, h, w] a map for each word of the text at the method's own resolution (<see cref="Explanation.InteractionsDetail"/>); null where the explainer gives none.</summary>
    public HostTensor? WordMaps { get; init; }

    /// <summary>Why the explanation says nothing (its map is all zeros then), or null where it does.</summary>
    public string? Silent { get; init; }

    /// <summary>Regions that are right for the target, in the map's shape; metrics take their union.</summary>
    public IReadOnlyList<RegionMask> Masks { get; init; } = [];

    /// <summary>The texts among which the target was chosen; null where it was not chosen among any.</summary>
    public CandidateTexts? Candidates { get; init; }

    /// <summary>Place of the target's text in <see cref="Candidates"/>.</summary>
    public int CandidateIndex { get; init; }

    /// <summary>All captions that the data set gives the image, whichever of them is explained; empty where it gives none, or the metric does not ask for them.</summary>
    public IReadOnlyList<TextInput> Captions { get; init; } = [];

    /// <summary>Seed of every random draw.</summary>
    public ulong Seed { get; init; }

    /// <summary>Draws to replay instead of drawing from <see cref="Seed"/>, by the names that the metric documents; null for none.</summary>
    public IReadOnlyDictionary<string, HostTensor>? Draws { get; init; }

    /// <summary>An item of an explanation: its map is brought to the size of the model's input.</summary>
    public static MeasuredItem Of(ImageInput image, Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(explanation);
        return new MeasuredItem
        {
            Name = image.Name,
            Image = image,
            Target = explanation.Target,
            Map = explanation.Image?.AtSize(image.Size),
            Elements = explanation.Image?.Elements,
            Words = explanation.Text,
            WordMaps = explanation.Details.GetValueOrDefault(Explanation.InteractionsDetail),
            Silent = explanation.Image?.Undefined,
        };
    }

    /// <summary>The union of the masks, row-major; null where there is none.</summary>
    public bool[]? Region()
    {
        if (Masks.Count == 0) return null;
        bool[] union = (bool[])Masks[0].Pixels.Clone();
        foreach (RegionMask mask in Masks.Skip(1))
        {
            for (int i = 0; i < union.Length; i++) union[i] |= mask.Pixels[i];
        }

        return union;
    }

    /// <summary>Why a metric with such needs cannot measure this item, or null where it can: something is missing, has another size, or is not finite.</summary>
    public string? Unusable(MetricNeeds needs)
    {
        if (needs.HasFlag(MetricNeeds.Map))
        {
            if (Map is null) return "the explanation has no map over the image";
            if (!IsFinite(Map)) return "the map holds values that are not finite";
            if (Elements is not null && !IsFinite(Elements)) return "the attribution of the input's elements holds values that are not finite";
            if (Map.Shape.Rank is not (2 or 3)) return $"the map is {Map.Shape}: [H, W] or [D, H, W] is needed";
            if (Map.Shape.Rank == 3 && (needs & AsksTheModel) != MetricNeeds.None) return $"the metric asks the model, which takes images, and this is a map over a volume, {Map.Shape}";
            if (Map.Shape.Rank == 2 && (Map.Shape[0] != Image.Size.Height || Map.Shape[1] != Image.Size.Width))
                return $"the map is {Map.Shape}, the image {Image.Size.Height} x {Image.Size.Width}: maps are brought to the size of the model's input";
        }

        if (needs.HasFlag(MetricNeeds.Words) && Words is null) return "the explanation has no importances of words";
        if (needs.HasFlag(MetricNeeds.WordMaps))
        {
            if (WordMaps is null || Words is null) return "the explanation has no map for each word";
            if (WordMaps.Shape.Rank != 3 || WordMaps.Shape[0] != Words.Tokens.Words.Count || WordMaps.Length == 0)
                return $"the maps of words are {WordMaps.Shape}, the text has {Words.Tokens.Words.Count} words: [words, h, w] is needed";
            if (!IsFinite(WordMaps)) return "the maps of words hold values that are not finite";
        }

        if (needs.HasFlag(MetricNeeds.Mask))
        {
            if (Masks.Count == 0) return "the item has no mask";
            if (Map is not null && Masks.FirstOrDefault(m => !m.Shape.Equals(Map.Shape)) is { } other) return $"the mask is {other.Shape}, the map {Map.Shape}";
        }

        if (needs.HasFlag(MetricNeeds.Candidates))
        {
            if (Candidates is null) return "the item has no list of candidate texts (classes)";
            if (CandidateIndex < 0 || CandidateIndex >= Candidates.Count)
                return $"the target is candidate {CandidateIndex}, the list of candidate texts has {Candidates.Count}";
        }

        if (needs.HasFlag(MetricNeeds.Captions) && Captions.Count == 0) return "the image has no captions";
        return IsFinite(Image.Pixels) ? null : "the image holds values that are not finite";
    }

    private static bool IsFinite(HostTensor tensor) => System.Numerics.Tensors.TensorPrimitives.IsFiniteAll<float>(tensor.Floats);
}
