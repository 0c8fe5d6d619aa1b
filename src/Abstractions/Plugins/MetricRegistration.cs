namespace Pellucid.Abstractions.Plugins;

/// <summary>A metric that a plugin brings.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Source">Where the definition comes from.</param>
/// <param name="MetricType">The class.</param>
/// <param name="OptionsType">Its options record.</param>
public sealed record MetricRegistration(string Id, string Summary, string Source, Type MetricType, Type OptionsType);
