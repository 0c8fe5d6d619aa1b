namespace Pellucid.Abstractions.Models;

/// <summary>
/// How a transformer encoder is laid out. Tap names follow from <see cref="Prefix"/>; for block b of <see cref="Blocks"/>:
/// <c>{prefix}.blocks.{b}.input</c> and <c>.output</c> [B, N, D] (residual stream), <c>.attn.query</c>, <c>.attn.key</c>,
/// <c>.attn.value</c> [B, N, D] (heads side by side, with bias, before any split), <c>.attn.probabilities</c>
/// [B, heads, N, N], <c>.attn.output</c> [B, N, D] (before the output projection), <c>.attn.out_proj.weight</c> [D, D]
/// (out, in) and <c>.attn.out_proj.bias</c> [D], and where attention is masked <c>{prefix}.attention_mask</c> [1, 1, N, N] (added to the scores).
/// </summary>
/// <param name="Prefix"><c>vision</c> or <c>text</c>.</param>
/// <param name="Blocks">Number L of blocks.</param>
/// <param name="Heads">Attention heads H of a block.</param>
/// <param name="Width">Channels D.</param>
/// <param name="Tokens">Tokens N.</param>
/// <param name="GridHeight">Rows of the patch grid; 0 for text.</param>
/// <param name="GridWidth">Columns of the patch grid; 0 for text.</param>
/// <param name="PrefixTokens">Tokens before the patches: 1 for a class token at position 0; 0 for text.</param>
/// <param name="Causal">Whether attention is causally masked.</param>
public sealed record TransformerLayout(
    string Prefix, int Blocks, int Heads, int Width, int Tokens, int GridHeight, int GridWidth, int PrefixTokens, bool Causal)
{
    /// <summary>Tap name inside a block, for example <c>Tap(11, "attn.query")</c>.</summary>
    public string Tap(int block, string what) => $"{Prefix}.blocks.{block}.{what}";

    /// <summary>Tap name of the attention mask.</summary>
    public string MaskTap => $"{Prefix}.attention_mask";

    /// <summary>
    /// Tap name of the positions of the token that becomes the embedding, int64 [B, 1, 1]: the end-of-text token. Only for text.
    /// </summary>
    public string SelectedTokenTap => $"{Prefix}.selected_token";
}
