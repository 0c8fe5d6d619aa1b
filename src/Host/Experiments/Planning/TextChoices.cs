using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Texts among which one is chosen for an image, as in zero-shot classification. One object serves a whole experiment.</summary>
/// <param name="texts">The texts, each once.</param>
public sealed class TextChoices(IReadOnlyList<string> texts)
{
    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; } = texts;

    /// <summary>All of them as one text, for keys.</summary>
    public string Identity { get; } = string.Join(", ", texts.Select(SpecWriter.WriteText));
}
