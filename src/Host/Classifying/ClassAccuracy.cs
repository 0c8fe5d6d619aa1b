namespace Pellucid.Host.Classifying;

/// <summary>How well a class is told from the others.</summary>
/// <param name="Name">The class.</param>
/// <param name="Positives">Images that have it.</param>
/// <param name="Negatives">Images that have it not.</param>
/// <param name="Auroc">Area under the curve; null where there are no positives or no negatives.</param>
public sealed record ClassAccuracy(string Name, int Positives, int Negatives, double? Auroc);
