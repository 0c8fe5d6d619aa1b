using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Heads;

/// <summary>What a fit found.</summary>
/// <param name="Spec">What was asked.</param>
/// <param name="Model">The model.</param>
/// <param name="Images">Number of images.</param>
/// <param name="Accuracies">How good the outputs are: each value of a regression, or all classes of a classification together.</param>
public sealed record HeadFitResult(HeadFitSpec Spec, ModelDescription Model, int Images, IReadOnlyList<HeadAccuracy> Accuracies);
