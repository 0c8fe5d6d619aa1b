namespace Pellucid.Abstractions.Datasets;

/// <summary>Whether a reader can read what lies in a place.</summary>
/// <param name="Matches">Whether it can.</param>
/// <param name="Reason">What it recognized, or what it missed.</param>
public sealed record DatasetProbe(bool Matches, string Reason)
{
    /// <summary>
    /// The layout has no marks of its own, such as a folder of images, which data sets of other layouts are too: it is taken only where no
    /// reader recognizes marks.
    /// </summary>
    public bool IsGeneral { get; init; }
}
