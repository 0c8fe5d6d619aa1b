namespace Pellucid.Host.Experiments.Files;

/// <summary>The names of each image's regions, such as <c>a red cube</c>.</summary>
public sealed record RegionTexts : TextSource;
