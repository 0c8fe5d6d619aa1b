namespace Pellucid.Abstractions.Datasets;

/// <summary>A record that could not be used.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record BadRecord(DatasetLocation Location, string Problem);
