namespace Pellucid.Host.Evaluating;

/// <summary>Mean of a metric's curves over images.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Metric">The metric as canonical text.</param>
/// <param name="Name">What is measured along the curve.</param>
/// <param name="Explainer">The explainer as canonical text.</param>
/// <param name="X">Ascending.</param>
/// <param name="Mean">Means at these places.</param>
/// <param name="Low">Lower ends of 95 % bootstrap intervals over images, each place for itself; empty where there is one image.</param>
/// <param name="High">Upper ends.</param>
/// <param name="Images">Number of images.</param>
public sealed record MeanCurve(
    string Model, string Metric, string Name, string Explainer, IReadOnlyList<double> X, IReadOnlyList<double> Mean, IReadOnlyList<double> Low, IReadOnlyList<double> High, int Images);
