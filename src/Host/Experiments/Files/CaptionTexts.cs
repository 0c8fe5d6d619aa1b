namespace Pellucid.Host.Experiments.Files;

/// <summary>Each image's own captions.</summary>
/// <param name="All">All of them; else the first.</param>
public sealed record CaptionTexts(bool All = false) : TextSource;
