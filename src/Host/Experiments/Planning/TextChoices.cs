using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Texts among which one is chosen for an image, as in zero-shot classification. One object serves a whole experiment.</summary>
/// <param name="texts">The texts, each once.</param>
public sealed class TextChoices(IReadOnlyList<string> texts)
{
    private readonly Dictionary<string, int> _places = texts.Select((text, place) => (text, place)).ToDictionary(t => t.text, t => t.place, StringComparer.Ordinal);

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; } = texts;

    /// <summary>All of them as one text, or its hash where it is long, for keys.</summary>
    public string Identity { get; } = ContentKey.Short($"{texts.Count} texts", string.Join(", ", texts.Select(SpecWriter.WriteText)));

    /// <summary>Place of a text; -1 where it is none of them.</summary>
    public int IndexOf(string text) => _places.GetValueOrDefault(text, -1);
}
