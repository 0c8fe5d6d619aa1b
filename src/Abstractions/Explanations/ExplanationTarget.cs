namespace Pellucid.Abstractions.Explanations;

/// <summary>
/// The scalar that is explained. Targets of one kind (<see cref="Kind"/>) can be explained in one run.
/// </summary>
public abstract record ExplanationTarget
{
    /// <summary>Kind, equal for targets that can share a run, for example <c>matching-score/cosine</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What is explained, for people.</summary>
    public abstract string Describe();
}
