namespace Pellucid.Abstractions.Plugins;

/// <summary>An explainer that a plugin brings.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Source">Where the method comes from.</param>
/// <param name="ExplainerType">The class.</param>
/// <param name="OptionsType">Its options record.</param>
public sealed record ExplainerRegistration(string Id, string Summary, string Source, Type ExplainerType, Type OptionsType);
