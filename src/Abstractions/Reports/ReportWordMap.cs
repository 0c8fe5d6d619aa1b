using Pellucid.Graphs;

namespace Pellucid.Abstractions.Reports;

/// <summary>The map of one word of a unit's text, from a method that tells which word meets which part of the image.</summary>
/// <param name="Word">The word, as the tokenizer sees it.</param>
/// <param name="Map">[H, W] of the image's size, signed, in units of the target.</param>
public sealed record ReportWordMap(string Word, HostTensor Map);
