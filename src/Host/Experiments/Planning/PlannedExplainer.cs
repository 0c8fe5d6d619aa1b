using Pellucid.Host.Explaining;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>An explainer of an experiment.</summary>
/// <param name="Chosen">The explainer with its plugin.</param>
/// <param name="Identity">All that decides its numbers as one text, for keys.</param>
public sealed record PlannedExplainer(ChosenExplainer Chosen, string Identity);
