namespace Pellucid.Host.Experiments.Files;

/// <summary>The same texts for every image.</summary>
/// <param name="Texts">The texts.</param>
public sealed record GivenTexts(IReadOnlyList<string> Texts) : TextSource;
