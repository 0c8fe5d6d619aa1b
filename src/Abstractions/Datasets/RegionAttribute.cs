namespace Pellucid.Abstractions.Datasets;

/// <summary>Something that is known of a region.</summary>
/// <param name="Name">What kind of thing is known: <c>colour</c>. A region can have several values of one kind, such as two positions.</param>
/// <param name="Value">A word, or a few, that is true of it: <c>red</c>.</param>
public sealed record RegionAttribute(string Name, string Value);
