namespace Pellucid.Abstractions.Models;

/// <summary>Which form of the matching score of an image embedding I and a text embedding T.</summary>
public enum ScoreKind
{
    /// <summary>Cosine similarity of I and T, in [-1, 1].</summary>
    Cosine,

    /// <summary>tau times the cosine: what the model's softmax sees.</summary>
    Logit,

    /// <summary>
    /// tau times the inner product of the normalized T with the un-normalized I: linear in I, the target of
    /// embedding-space fusion (Hashmi et al. 2024). The gradient does not pass through the normalization of I.
    /// </summary>
    Linear,
}
