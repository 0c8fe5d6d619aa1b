namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>How maximum pooling hands on relevance: always to the winner of each window.</summary>
public enum MaximumRule
{
    /// <summary>All of it.</summary>
    Gradient,

    /// <summary>y / (y + epsilon sign y) of it.</summary>
    Epsilon,
}
