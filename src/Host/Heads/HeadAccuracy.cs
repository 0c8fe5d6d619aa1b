namespace Pellucid.Host.Heads;

/// <summary>How good outputs of a head are: R^2 of a value, or the share of images whose largest logit is that of their class.</summary>
/// <param name="Name">The value, or <c>accuracy</c>.</param>
/// <param name="Fitted">On the images that it was fitted to.</param>
/// <param name="CrossValidated">On images that a fit has not seen; null without cross-validation.</param>
public sealed record HeadAccuracy(string Name, double Fitted, double? CrossValidated);
