namespace Pellucid.Abstractions.Prompts;

/// <summary>A class of a prompt set before a model has read it.</summary>
/// <param name="Name">Name, unique in its set.</param>
/// <param name="Prompts">At least one text.</param>
public sealed record PromptTexts(string Name, IReadOnlyList<string> Prompts);
