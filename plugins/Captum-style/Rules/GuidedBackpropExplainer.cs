using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>
/// Guided backpropagation (Springenberg et al. 2015, "Striving for simplicity: the all convolutional net", section 3.4): the gradient, but a
/// ReLU hands on only what is positive and only where its input was. For networks with ReLU. The map is the signed sum over the channels.
/// </summary>
/// <example><c>--explainer guided-backprop</c></example>
/// <param name="runner">Runs graphs.</param>
public sealed class GuidedBackpropExplainer(IGraphRunner runner) : RuleGradientExplainer(runner)
{
    /// <inheritdoc/>
    protected override Value Pass(GradientScope relu) => ReluSignals.Guided(relu);
}
