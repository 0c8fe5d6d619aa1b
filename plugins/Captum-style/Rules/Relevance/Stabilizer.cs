using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>Keeps divisions away from zero.</summary>
internal static class Stabilizer
{
    /// <summary>z + epsilon sign(z), where the sign of 0 is +1.</summary>
    public static Value Stabilized(this GraphBuilder g, Value z, double epsilon) =>
        g.Add(z, g.Where(g.Emit("GreaterOrEqual", [z, g.Like(z, 0)]), g.Like(z, epsilon), g.Like(z, -epsilon)));

    /// <summary>z / (z + epsilon sign(z)): 1 far from zero, 0 at zero.</summary>
    public static Value Share(this GraphBuilder g, Value z, double epsilon) => g.Div(z, g.Stabilized(z, epsilon));
}
