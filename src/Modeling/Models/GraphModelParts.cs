using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging.Preprocessing;

namespace Pellucid.Modeling.Models;

/// <summary>What an adapter hands over to make a <see cref="GraphVisionLanguageModel"/>.</summary>
public sealed record GraphModelParts
{
    /// <summary>What the model is.</summary>
    public required ModelDescription Description { get; init; }

    /// <summary>Its tokenizer.</summary>
    public required ITokenizer Tokenizer { get; init; }

    /// <summary>Its fusion rule.</summary>
    public required IFusionRule Fusion { get; init; }

    /// <summary>Its pre-processing.</summary>
    public required PreprocessingSpec Preprocessing { get; init; }

    /// <summary>Builds the image encoder for a size; called once a size.</summary>
    public required Func<ImageSize, Graph> ImageEncoder { get; init; }

    /// <summary>Builds the text encoder; called once.</summary>
    public required Func<Graph> TextEncoder { get; init; }

    /// <summary>
    /// Builds the text encoder for ids of another length than the context, called once a length; null where a text has always the
    /// context's length. For models that pad a text to the longest of its batch.
    /// </summary>
    public Func<int, Graph>? TextEncoderOfLength { get; init; }

    /// <summary>Layout of the image encoder for a size; returns null where it is no transformer.</summary>
    public required Func<ImageSize, TransformerLayout?> ImageLayout { get; init; }

    /// <summary>Layout of the text encoder; null where it is no transformer.</summary>
    public TransformerLayout? TextLayout { get; init; }

    /// <summary>Side of a patch: image sides must be multiples of it when the aspect is kept; 0 where only the native size works.</summary>
    public int Patch { get; init; }
}
