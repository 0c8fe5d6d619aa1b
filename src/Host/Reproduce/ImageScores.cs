namespace Pellucid.Host.Reproduce;

/// <summary>What a model says of an image and of classes.</summary>
/// <param name="Scores">A score a class; null where the image could not be classified.</param>
/// <param name="Problem">Why not; null where it could.</param>
internal sealed record ImageScores(IReadOnlyList<double>? Scores, string? Problem);
