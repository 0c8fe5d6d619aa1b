using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>
/// Deconvolution (Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks", section 2.1): the gradient, but a ReLU hands on
/// what is positive, whatever its input was. For networks with ReLU. The map is the signed sum over the channels.
/// </summary>
/// <example><c>--explainer deconvolution</c></example>
/// <param name="runner">Runs graphs.</param>
public sealed class DeconvolutionExplainer(IGraphRunner runner) : RuleGradientExplainer(runner)
{
    /// <inheritdoc/>
    protected override Value Pass(GradientScope relu) => ReluSignals.Deconvolved(relu);
}
