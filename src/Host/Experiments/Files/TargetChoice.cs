namespace Pellucid.Host.Experiments.Files;

/// <summary>What is explained: <see cref="MatchingChoice"/> or <see cref="EmbeddingDimensionChoice"/>.</summary>
public abstract record TargetChoice
{
    /// <summary>Whether it is about a text, one target for each.</summary>
    public abstract bool NeedsText { get; }
}
