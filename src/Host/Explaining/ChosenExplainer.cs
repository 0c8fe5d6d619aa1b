using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Explaining;

/// <summary>An explainer with its options.</summary>
/// <param name="Text">Canonical text in the option grammar.</param>
/// <param name="PluginId">Plugin that brings it.</param>
/// <param name="PluginVersion">Version of the plugin.</param>
/// <param name="PluginHash">SHA-256 (hex) of the plugin's manifest, which holds those of its files.</param>
/// <param name="Source">Where the method comes from.</param>
/// <param name="Explainer">The explainer itself.</param>
public sealed record ChosenExplainer(
    string Text, string PluginId, string PluginVersion, string PluginHash, string Source, IExplainer Explainer);
