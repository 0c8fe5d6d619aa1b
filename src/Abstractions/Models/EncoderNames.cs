namespace Pellucid.Abstractions.Models;

/// <summary>Names of inputs and outputs of encoder and target graphs.</summary>
public static class EncoderNames
{
    /// <summary>Image encoder input, float32 [B, C, H, W].</summary>
    public const string PixelValues = "pixel_values";

    /// <summary>Text encoder input, int64 [B, L].</summary>
    public const string InputIds = "input_ids";

    /// <summary>Un-normalized image embeddings, [B, E].</summary>
    public const string ImageEmbeds = "image_embeds";

    /// <summary>Un-normalized text embeddings, [B, E].</summary>
    public const string TextEmbeds = "text_embeds";

    /// <summary>Target values, [K].</summary>
    public const string Scores = "scores";

    /// <summary>Gradients of the target values by the embedding of the explained side, [K, E].</summary>
    public const string Cotangents = "cotangents";
}
