namespace Pellucid.Host.Experiments.Files;

/// <summary>
/// What is explained: <see cref="MatchingChoice"/>, <see cref="ContrastChoice"/>, <see cref="ClassChoice"/>, <see cref="EmbeddingDimensionChoice"/>,
/// <see cref="TapChoice"/> or <see cref="HeadChoice"/>.
/// </summary>
public abstract record TargetChoice
{
    /// <summary>Whether there is one target for each of the experiment's texts.</summary>
    public abstract bool NeedsText { get; }

    /// <summary>Explainers that explain it, each as it stands in <see cref="Experiment.Explainers"/>; empty for all.</summary>
    public IReadOnlyList<string> Explainers { get; init; } = [];
}
