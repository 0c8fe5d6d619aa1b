namespace Pellucid.Modeling.Tokenizers;

/// <summary>Which reference implementation's treatment of the text before byte-pair encoding a <see cref="ClipTokenizer"/> follows.</summary>
public enum ClipTextRules
{
    /// <summary>
    /// OpenAI's <c>clip.tokenize</c>: <see cref="TextCleanup.Fix"/>, HTML references resolved twice, white space collapsed,
    /// lower case. Special tokens in the text are recognized after that.
    /// </summary>
    OpenAi,

    /// <summary>
    /// Hugging Face's slow <c>CLIPTokenizer</c> with ftfy installed: special tokens are cut out of the raw text first, the
    /// rest is cleaned piece by piece; HTML references in a text that contains <c>&lt;</c> stay as they are.
    /// </summary>
    HuggingFace,

    /// <summary>Hugging Face's fast tokenizer (<c>tokenizer.json</c>): normalization form C, white space collapsed, lower case; no clean-up.</summary>
    HuggingFaceFast,
}
