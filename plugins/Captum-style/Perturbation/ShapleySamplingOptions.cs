using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Options of <see cref="ShapleySamplingExplainer"/>.</summary>
public sealed record ShapleySamplingOptions() : FeatureOptions(32)
{
    /// <summary>Random orders of the regions.</summary>
    [Description("random orders of the regions; each takes as many model evaluations as there are regions"), Range(1, 1000000)]
    public int Permutations { get; init; } = 25;
}
