using Pellucid.Host.Statistics;

namespace Pellucid.Host.Reproduce;

/// <summary>The numbers behind a verdict.</summary>
/// <param name="Method">Name of a method; null for the mean over all.</param>
/// <param name="Images">Images that count.</param>
/// <param name="First">Mean of what the claim is about; null without images.</param>
/// <param name="Second">Mean of what it is compared with, or the threshold; null without images.</param>
/// <param name="Difference">First less second.</param>
/// <param name="Interval">95 % bootstrap interval of the difference over images.</param>
/// <param name="PValue">Of the paired sign-flip test, for single methods after Holm; null for thresholds.</param>
/// <param name="Verdict">What follows.</param>
public sealed record ClaimEvidence(
    string? Method, int Images, double? First, double? Second, double? Difference, ConfidenceInterval? Interval, double? PValue, ClaimVerdict Verdict);
