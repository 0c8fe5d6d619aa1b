namespace Pellucid.Host.Verification.Suites;

/// <summary>The explainer that a published method with its parameters is, or why there is none.</summary>
/// <param name="Spec">As a user writes it; null where there is none.</param>
/// <param name="Reason">Why there is none.</param>
internal readonly record struct SpecMapping(string? Spec, string? Reason);
