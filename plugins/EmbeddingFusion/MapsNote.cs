using System.Runtime.CompilerServices;
using System.Text.Json;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>What is known of the maps of all embedding dimensions besides the maps: kept with them in the cache. A row is a map, then its elements where they are wanted, <see cref="PackedRow">packed</see>.</summary>
/// <param name="Map">Shape of a map, [h, w].</param>
/// <param name="Elements">Shape of the elements, [C, H, W]; null where there are none.</param>
/// <param name="Upsampling">How a map is brought to image size.</param>
/// <param name="Function">What the inner explainer explained.</param>
/// <param name="Embedding">Value of each dimension in the served model, [E].</param>
/// <param name="Explained">Value of each dimension in the explained function, [E].</param>
/// <param name="Warning">What the inner explainer warns of; null where it warns of nothing.</param>
internal sealed record MapsNote(long[] Map, long[]? Elements, MapUpsampling Upsampling, string Function, float[] Embedding, double[] Explained, string? Warning)
{
    /// <summary>An entry that is open gives the same string for each text that is asked: parsing it takes as long as a good part of the sum.</summary>
    private static readonly ConditionalWeakTable<string, MapsNote> Parsed = [];

    /// <summary>Values of a map.</summary>
    public int MapLength => (int)new TensorShape(Map).ElementCount();

    /// <summary>Values of a row.</summary>
    public int RowLength => MapLength + (Elements is null ? 0 : (int)new TensorShape(Elements).ElementCount());

    /// <summary>The note before any value is known.</summary>
    public static MapsNote Of(Explanation first, int dimensions, bool elements) => new(
        [.. first.Image!.Map.Shape], elements && first.Image.Elements is { } all ? [.. all.Shape] : null, first.Image.Upsampling, first.ExplainedFunction, new float[dimensions], new double[dimensions], Warning: null);

    /// <summary>Reads a note; null where it is none of these, or does not fit the rows.</summary>
    public static MapsNote? Read(IStoredMaps stored, int dimensions)
    {
        try
        {
            return Parsed.GetValue(stored.Note, static text => JsonSerializer.Deserialize<MapsNote>(text)!) is { } note && stored.Rows == dimensions && stored.Length == PackedRow.PackedLength(note.RowLength)
                && note.Embedding.Length == dimensions && note.Explained.Length == dimensions ? note : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As text.</summary>
    public string Write() => JsonSerializer.Serialize(this);
}
