namespace Pellucid.Abstractions.Datasets;

/// <summary>Whether a reader can read what lies in a place.</summary>
/// <param name="Matches">Whether it can.</param>
/// <param name="Reason">What it recognized, or what it missed.</param>
public sealed record DatasetProbe(bool Matches, string Reason);
