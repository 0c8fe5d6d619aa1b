using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Options of <see cref="LimeExplainer"/>.</summary>
public sealed record LimeOptions() : FeatureOptions(32)
{
    /// <summary>Sampled choices of regions.</summary>
    [Description("sampled choices of regions, one model evaluation each; several times the number of regions"), Range(3, 10000000)]
    public int Samples { get; init; } = 500;

    /// <summary>How far a changed image is from the image.</summary>
    [Description("distance d of a changed image: cosine or euclidean, on normalized pixels; its weight is exp(-d^2 / (2 width^2))")]
    public LimeKernel Kernel { get; init; } = LimeKernel.Cosine;

    /// <summary>Width of the kernel.</summary>
    [Description("width of the kernel, in units of the distance"), Range(0d, 1e9, MinimumIsExclusive = true)]
    public double Width { get; init; } = 1;

    /// <summary>The linear model.</summary>
    [Description("linear model: least-squares or lasso")]
    public LimeRegression Regression { get; init; } = LimeRegression.LeastSquares;

    /// <summary>Penalty of the lasso.</summary>
    [Description("penalty of the lasso, in units of the score; too large a one leaves no region"), Range(0d, 1e9, MinimumIsExclusive = true)]
    public double Alpha { get; init; } = 0.01;
}
