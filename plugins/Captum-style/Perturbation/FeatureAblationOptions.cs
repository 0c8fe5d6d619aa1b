using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Options of <see cref="FeatureAblationExplainer"/>.</summary>
public sealed record FeatureAblationOptions() : FeatureOptions(16);
