namespace Pellucid.Abstractions.Plugins;

/// <summary>Options of an explainer that has none.</summary>
public sealed record NoOptions;
