namespace Pellucid.Abstractions.Explanations;

/// <summary>
/// An explainer that may be linear in the target. One that does not implement this is taken not to be. Where it is, the attribution of a weighted
/// sum of targets is the weighted sum of their attributions, so that one run explains the sum (Hashmi et al. 2024: the weighted sum of
/// the maps of all embedding dimensions).
/// </summary>
public interface ILinearExplainer : IExplainer
{
    /// <summary>
    /// Whether, with its options, map and elements of any weighted sum of targets are the weighted sums of theirs, within float rounding, for one
    /// image, seed and set of draws. False for an attribution that does not depend on the target: its weighted sum does.
    /// </summary>
    bool IsLinearInTarget { get; }
}
