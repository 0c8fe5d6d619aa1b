using Pellucid.Abstractions.Datasets;

namespace Pellucid.Host.Concepts;

/// <summary>Something that a text says and that a data set knows of regions: an attribute's value that stands in the text.</summary>
/// <param name="Attribute">The attribute; the class of a region, where nothing else is known of it, counts as its attribute <c>class</c>.</param>
/// <param name="FirstWord">Place of its first word in the text, from 0.</param>
/// <param name="WordCount">Number of its words.</param>
public sealed record Concept(RegionAttribute Attribute, int FirstWord, int WordCount)
{
    /// <summary>Name of the attribute that the class of a region counts as.</summary>
    public const string Class = "class";

    /// <summary>What is known of a region.</summary>
    public static IReadOnlyList<RegionAttribute> Of(DatasetRegion region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region.Attributes.Count > 0 ? region.Attributes : [new RegionAttribute(Class, region.Label)];
    }

    /// <summary>The concepts in a text, in its order: whole words, in any case, of values that regions of the image have.</summary>
    /// <param name="text">The text.</param>
    /// <param name="item">The image.</param>
    public static IReadOnlyList<Concept> In(string text, DatasetItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        string[] words = Words(text);
        List<Concept> found = [];
        foreach (RegionAttribute attribute in item.Regions.SelectMany(Of).Distinct())
        {
            string[] value = Words(attribute.Value);
            for (int w = 0; value.Length > 0 && w + value.Length <= words.Length; w++)
            {
                if (words.AsSpan(w, value.Length).SequenceEqual(value)) found.Add(new Concept(attribute, w, value.Length));
            }
        }

        return [.. found.OrderBy(c => c.FirstWord).ThenBy(c => c.Attribute.Name, StringComparer.Ordinal)];
    }

    /// <summary>A text's words in lower case, without punctuation.</summary>
    public static string[] Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
