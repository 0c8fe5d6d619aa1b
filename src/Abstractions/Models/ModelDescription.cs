namespace Pellucid.Abstractions.Models;

/// <summary>What a loaded model is, for people and for provenance.</summary>
/// <param name="Id">Id or folder it was loaded by.</param>
/// <param name="Family">Architecture family, for example <c>CLIP ViT</c>.</param>
/// <param name="AdapterId">Id of the adapter that loaded it.</param>
/// <param name="EmbeddingDimension">Width E of the joint embedding.</param>
/// <param name="ImageSize">Native input size.</param>
/// <param name="Channels">Image channels.</param>
/// <param name="ContextLength">Tokens a text may have, special ones included.</param>
/// <param name="LogitScale">tau: the factor on the cosine, the exponential of the stored parameter.</param>
/// <param name="ParameterCount">Number of weights.</param>
/// <param name="ContentHash">SHA-256 (hex) over all files that decide the numbers.</param>
/// <param name="Files">Those files.</param>
public sealed record ModelDescription(
    string Id,
    string Family,
    string AdapterId,
    int EmbeddingDimension,
    ImageSize ImageSize,
    int Channels,
    int ContextLength,
    float LogitScale,
    long ParameterCount,
    string ContentHash,
    IReadOnlyList<string> Files);
