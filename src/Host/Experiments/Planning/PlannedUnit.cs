namespace Pellucid.Host.Experiments.Planning;

/// <summary>The finest thing that is remembered: one image, one target, one explainer with its options, one version of everything.</summary>
/// <param name="Key">Content hash of all that decides its numbers.</param>
/// <param name="Model">The model.</param>
/// <param name="Item">The image.</param>
/// <param name="Target">What is explained.</param>
/// <param name="Explainer">The explainer.</param>
public sealed record PlannedUnit(string Key, PlannedModel Model, PlannedItem Item, UnitTarget Target, PlannedExplainer Explainer);
