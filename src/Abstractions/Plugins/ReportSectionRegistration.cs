namespace Pellucid.Abstractions.Plugins;

/// <summary>A section of reports that a plugin brings.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="SectionType">The class.</param>
/// <param name="OptionsType">Its options record.</param>
public sealed record ReportSectionRegistration(string Id, string Summary, Type SectionType, Type OptionsType);
