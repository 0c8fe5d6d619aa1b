namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>Where relevance starts; its sum is the value of the target there.</summary>
public enum RelevanceStart
{
    /// <summary>At the image embedding: what each dimension contributes to the target.</summary>
    Embedding,

    /// <summary>At the score: the product with the text is a layer of its own, without bias.</summary>
    Score,
}
