using System.ComponentModel;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>What metrics share that fill parts of an image and watch a score.</summary>
public abstract record PerturbationOptions
{
    /// <summary>Which output is watched.</summary>
    [Description("what is watched: target (what was explained), logit (tau x cosine), probability (softmax over the candidate texts)")]
    public MeasuredScore Score { get; init; } = MeasuredScore.Target;

    /// <summary>What removed parts become.</summary>
    [Description("what removed parts become, in the model's normalized pixels")]
    public FillColor Fill { get; init; } = FillColor.Black;

    /// <summary>Whether the sign of the map is dropped.</summary>
    [Description("drop the sign of the map")]
    public bool Abs { get; init; }
}
