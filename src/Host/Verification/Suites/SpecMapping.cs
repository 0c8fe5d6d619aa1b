namespace Pellucid.Host.Verification.Suites;

/// <summary>The explainer that a published method with its parameters is, or why there is none.</summary>
/// <param name="Spec">As a user writes it; null where there is none.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="Draws">Stored tensors to replay: what the explainer calls them, and their file and name in the suite.</param>
/// <param name="Detail">The tensor of the explanation's details that the reference holds; null for the elements' attribution.</param>
internal readonly record struct SpecMapping(string? Spec, string? Reason, IReadOnlyList<StoredDraw>? Draws = null, string? Detail = null);
