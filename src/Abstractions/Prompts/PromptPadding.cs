namespace Pellucid.Abstractions.Prompts;

/// <summary>How prompts are padded, for models whose text embeddings depend on it.</summary>
public enum PromptPadding
{
    /// <summary>As the model's tokenizer does: a prompt has the embedding that it has alone.</summary>
    None,

    /// <summary>
    /// Each class is one batch, padded to its longest prompt, as MedCLIP's published classifier does: an embedding then depends on the other
    /// prompts of the class.
    /// </summary>
    Class,
}
