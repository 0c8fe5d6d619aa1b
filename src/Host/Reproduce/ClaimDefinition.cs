namespace Pellucid.Host.Reproduce;

/// <summary>A claim as a comparison that can be computed: the first quantity is higher than the second.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Statement">The claim.</param>
/// <param name="Criterion">How it is judged.</param>
/// <param name="First">Approach and measure that should be higher.</param>
/// <param name="Second">Approach and measure that should be lower; null where the claim has a threshold.</param>
/// <param name="Threshold">What the first should exceed, where there is no second.</param>
public sealed record ClaimDefinition(
    string Id, string Statement, string Criterion, (StudyApproach Approach, StudyMeasure Measure) First, (StudyApproach Approach, StudyMeasure Measure)? Second, double Threshold = 0)
{
    /// <summary>From how much on maps count as nearly the same. Ours: the paper shows it by eye.</summary>
    public const double NearlySame = 0.9;

    /// <summary>From how much on there is weight outside the body. Ours, like <see cref="NearlySame"/>.</summary>
    public const double SomeWeight = 0.05;

    /// <summary>What Hashmi et al. 2024 show by eye, as comparisons.</summary>
    public static IReadOnlyList<ClaimDefinition> All { get; } =
    [
        new("plain-same-ssim", "Plain maps are nearly the same for different classes (structure).", "mean pairwise SSIM of plain maps above 0.9", (StudyApproach.Plain, StudyMeasure.Ssim), null, NearlySame),
        new("plain-same-rank", "Plain maps are nearly the same for different classes (order of pixels).", "mean pairwise Spearman correlation of plain maps above 0.9", (StudyApproach.Plain, StudyMeasure.Spearman), null, NearlySame),
        new("plain-outside", "Plain maps put weight outside the body.", "share of plain attribution outside the body above 0.05", (StudyApproach.Plain, StudyMeasure.OutsideBody), null, SomeWeight),
        new("fused-less-outside", "Fused maps put less weight outside the body than plain maps.", "plain less fused (prompts), share outside the body", (StudyApproach.Plain, StudyMeasure.OutsideBody), (StudyApproach.Prompts, StudyMeasure.OutsideBody)),
        new("fused-differ-ssim", "Fused maps differ more between classes than plain maps (structure).", "plain less fused (prompts), mean pairwise SSIM", (StudyApproach.Plain, StudyMeasure.Ssim), (StudyApproach.Prompts, StudyMeasure.Ssim)),
        new("fused-differ-rank", "Fused maps differ more between classes than plain maps (order of pixels).", "plain less fused (prompts), mean pairwise Spearman correlation", (StudyApproach.Plain, StudyMeasure.Spearman), (StudyApproach.Prompts, StudyMeasure.Spearman)),
        new("fused-on-lesion-pointing", "Fused maps point to the finding more often than plain maps.", "fused (prompts) less plain, pointing game", (StudyApproach.Prompts, StudyMeasure.Pointing), (StudyApproach.Plain, StudyMeasure.Pointing)),
        new("fused-on-lesion-mass", "Fused maps put more weight on the finding than plain maps.", "fused (prompts) less plain, share of attribution in the mask", (StudyApproach.Prompts, StudyMeasure.LesionMass), (StudyApproach.Plain, StudyMeasure.LesionMass)),
        new("fused-specific", "Fused maps are specific to the class: a finding gets more weight from the map of its own class than from those of absent ones.", "own class less absent classes (prompts), share of attribution in the mask", (StudyApproach.Prompts, StudyMeasure.LesionMass), (StudyApproach.Prompts, StudyMeasure.AbsentMass)),
        new("labels-on-lesion-mass", "Fused maps of bare class labels put more weight on the finding than plain maps.", "fused (labels) less plain, share of attribution in the mask", (StudyApproach.Labels, StudyMeasure.LesionMass), (StudyApproach.Plain, StudyMeasure.LesionMass)),
        new("prompts-over-labels-pointing", "Prompt sentences point to the finding more often than bare class labels.", "fused, prompts less labels, pointing game", (StudyApproach.Prompts, StudyMeasure.Pointing), (StudyApproach.Labels, StudyMeasure.Pointing)),
        new("prompts-over-labels-mass", "Prompt sentences put more weight on the finding than bare class labels.", "fused, prompts less labels, share of attribution in the mask", (StudyApproach.Prompts, StudyMeasure.LesionMass), (StudyApproach.Labels, StudyMeasure.LesionMass)),
    ];
}
