namespace Pellucid.Host.Experiments.Files;

/// <summary>Prompts by class from a JSON file: an object with a list of texts for each class.</summary>
/// <param name="File">Path relative to the experiment file's folder.</param>
/// <param name="Of">Which classes each image gets.</param>
/// <param name="Only">Classes to take; empty for all.</param>
/// <param name="PerClass">Take the first so many of each class; null for all.</param>
public sealed record PromptFileTexts(string File, TextScope Of = TextScope.Item, IReadOnlyList<string>? Only = null, int? PerClass = null) : TextSource;
