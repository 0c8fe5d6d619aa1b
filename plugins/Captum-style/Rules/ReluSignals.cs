using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>What a ReLU hands on of the signal that comes back to it, in methods that change its gradient.</summary>
internal static class ReluSignals
{
    /// <summary>Only what is positive, and only where the input was (Springenberg et al. 2015, section 3.4).</summary>
    public static Value Guided(GradientScope relu) => relu.G.Mul(Deconvolved(relu), relu.G.Emit("Sign", [relu.Output()]));

    /// <summary>Only what is positive, whatever the input was (Zeiler and Fergus 2014, section 2.1).</summary>
    public static Value Deconvolved(GradientScope relu) => relu.G.Relu(relu.Dy);
}
