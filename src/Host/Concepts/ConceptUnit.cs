using Pellucid.Abstractions.Reports;

namespace Pellucid.Host.Concepts;

/// <summary>A unit with what its text says.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Concepts">Concepts in the text, at least one.</param>
internal sealed record ConceptUnit(ReportUnit Unit, IReadOnlyList<Concept> Concepts);
