using Pellucid.Abstractions.Models;

namespace Pellucid.Abstractions.Prompts;

/// <summary>A class described by prompts.</summary>
/// <param name="Name">Name, unique in its set.</param>
/// <param name="Prompts">At least one text with its embedding.</param>
public sealed record PromptClass(string Name, IReadOnlyList<TextInput> Prompts);
