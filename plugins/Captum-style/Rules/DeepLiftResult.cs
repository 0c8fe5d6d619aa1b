using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Paths;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>What DeepLIFT says about one target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Score">Its value for the image.</param>
/// <param name="BaselineScore">Its value for the baseline.</param>
/// <param name="Elements">Attribution of every element of the input or the layer.</param>
/// <param name="Delta">Sum of the attributions minus the difference of the scores.</param>
/// <param name="Nothing">What it means if all is zero.</param>
internal sealed record DeepLiftResult(ExplanationTarget Target, float Score, float BaselineScore, float[] Elements, double Delta, string Nothing)
{
    /// <summary>The tensors beside the attribution.</summary>
    public Dictionary<string, HostTensor> Details() => new(StringComparer.Ordinal)
    {
        [ConvergenceDelta.Name] = HostTensor.Of([(float)Delta], 1),
        ["baseline_score"] = HostTensor.Of([BaselineScore], 1),
    };
}
