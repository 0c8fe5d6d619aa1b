namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>What becomes of batch normalization in relevance propagation.</summary>
public enum BatchNormalizationRule
{
    /// <summary>It becomes part of the convolution before it.</summary>
    Merged,

    /// <summary>A layer of its own with the epsilon rule.</summary>
    Layer,
}
