using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Options of <see cref="KernelShapExplainer"/>.</summary>
public sealed record KernelShapOptions() : FeatureOptions(32)
{
    /// <summary>Sampled choices of regions, the full and the empty one included.</summary>
    [Description("sampled choices of regions, one model evaluation each; several times the number of regions"), Range(3, 10000000)]
    public int Samples { get; init; } = 500;
}
