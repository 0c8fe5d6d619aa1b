namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>What the patch embeddings are divided by.</summary>
public enum TokenNormalization
{
    /// <summary>Each token by its own norm, as for the class token: the paper and its published code.</summary>
    Token,

    /// <summary>Each channel by its norm over all tokens, as the published generate_emap.py of Grad-ECLIP does.</summary>
    Channel,
}
