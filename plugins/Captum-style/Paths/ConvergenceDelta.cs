namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>How far attributions are from summing to the difference of the scores.</summary>
internal static class ConvergenceDelta
{
    /// <summary>Name among the details: sum of the attribution minus (F(x) - F(baseline)), [1] or one for each sample.</summary>
    public const string Name = "convergence_delta";
}
