using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>What deletion and insertion share.</summary>
public abstract record EraseOptions : PixelStepOptions
{
    /// <summary>Which output is watched.</summary>
    [Description("what is watched: top1 and top5 (their mean over a data set is the zero-shot accuracy), target, logit, probability")]
    public MeasuredScore Score { get; init; } = MeasuredScore.Top1;
}
