using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Options of <see cref="ShapleyValuesExplainer"/>. The number of model evaluations is two to the power of the number of regions.</summary>
public sealed record ShapleyValuesOptions() : FeatureOptions(0)
{
    /// <inheritdoc/>
    internal override int Parts => 3;
}
