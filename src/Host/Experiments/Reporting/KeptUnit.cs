using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>What results hold of a unit beside its numbers: where to load the rest from.</summary>
/// <param name="Map">The map; null where the method gives none.</param>
/// <param name="Words">The word importances as JSON; null where there are no maps of words.</param>
/// <param name="Provenance">Where it comes from, as JSON; one text for all units that share it.</param>
internal sealed record KeptUnit(StoredMap? Map, string? Words, string Provenance);
