namespace Pellucid.Modeling.Tokenizers;

/// <summary>Settings of a <see cref="WordPieceTokenizer"/>; the defaults are those of Hugging Face's <c>BertTokenizer</c>.</summary>
public sealed record WordPieceOptions
{
    /// <summary>Whether the text is lower-cased. The default, true, also over a cased vocabulary, as Bio_ClinicalBERT's folder makes it.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Whether accents are removed; null follows <see cref="LowerCase"/>.</summary>
    public bool? StripAccents { get; init; }

    /// <summary>Whether every Chinese ideograph is a word of its own.</summary>
    public bool SplitIdeographs { get; init; } = true;

    /// <summary>Length of a sequence, start and end tokens included.</summary>
    public int ContextLength { get; init; } = 512;

    /// <summary>Begins a sequence.</summary>
    public string StartToken { get; init; } = "[CLS]";

    /// <summary>Ends a sequence.</summary>
    public string EndToken { get; init; } = "[SEP]";

    /// <summary>Fills a sequence.</summary>
    public string PadToken { get; init; } = "[PAD]";

    /// <summary>Stands for words the vocabulary cannot spell.</summary>
    public string UnknownToken { get; init; } = "[UNK]";

    /// <summary>Hides a word in masked language modelling.</summary>
    public string MaskToken { get; init; } = "[MASK]";

    /// <summary>Further tokens that are recognized in the text and never split, such as BLIP's <c>[ENC]</c>.</summary>
    public IReadOnlyList<string> FurtherTokens { get; init; } = [];
}
