using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="FaithfulnessEstimateMetric"/>.</summary>
public sealed record FaithfulnessEstimateOptions : FeatureStepOptions;
