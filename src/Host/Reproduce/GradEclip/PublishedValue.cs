namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>A number that a publication gives.</summary>
/// <param name="Part">Part of the study whose table it stands in.</param>
/// <param name="Explainer">The explainer as canonical text.</param>
/// <param name="Metric">The metric as canonical text, with the name of a further number where it is that.</param>
/// <param name="Data">The data set: one that <see cref="PaperSetting"/> knows.</param>
/// <param name="Model">The model: one that <see cref="PaperSetting"/> knows.</param>
/// <param name="Value">The number, in the units of our metric.</param>
/// <param name="Source">Where it was published.</param>
internal sealed record PublishedValue(string Part, string Explainer, string Metric, string Data, string Model, double Value, string Source);
