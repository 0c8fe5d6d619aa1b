namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>Options of <see cref="KarpathyReader"/>.</summary>
public sealed record KarpathyOptions : ImageFileOptions;
