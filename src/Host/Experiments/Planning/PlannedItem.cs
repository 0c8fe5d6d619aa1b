using Pellucid.Abstractions.Datasets;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>An image of an experiment.</summary>
/// <param name="Item">The item of the data set.</param>
/// <param name="ImageHash">Content hash of the image; where it cannot be read, a text that no image hashes to.</param>
/// <param name="Seed">Seed of its units.</param>
/// <param name="Problem">Why the image cannot be read; null where it can.</param>
public sealed record PlannedItem(DatasetItem Item, string ImageHash, ulong Seed, string? Problem);
