using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Targets;

/// <summary>A target with what people call it.</summary>
/// <param name="Label">Short name for tables and reports: the text, the class, the tap.</param>
/// <param name="Target">The target.</param>
/// <param name="Texts">Texts that it consists of: none, one, or two of a contrast.</param>
public sealed record ExplainedTarget(string Label, ExplanationTarget Target, IReadOnlyList<TextInput> Texts);
