namespace Pellucid.Abstractions.Prompts;

/// <summary>How the scores of an image with the prompts of a class become one.</summary>
public enum PromptEnsemble
{
    /// <summary>Their mean (MedCLIP's <c>ensemble=True</c>): of the scores, not of the embeddings.</summary>
    Mean,

    /// <summary>The largest of them (MedCLIP's <c>ensemble=False</c>).</summary>
    Max,
}
