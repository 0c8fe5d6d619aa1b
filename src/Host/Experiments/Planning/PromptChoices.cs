using Pellucid.Abstractions.Prompts;
using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Classes described by prompts, before a model has read them. One object serves a whole experiment.</summary>
/// <param name="classes">The classes.</param>
/// <param name="ensemble">How scores with the prompts of a class become one.</param>
/// <param name="padding">How prompts are padded.</param>
public sealed class PromptChoices(IReadOnlyList<PromptTexts> classes, PromptEnsemble ensemble, PromptPadding padding)
{
    private readonly Dictionary<string, int> _places = Places(classes);

    /// <summary>The classes.</summary>
    public IReadOnlyList<PromptTexts> Classes { get; } = classes;

    /// <summary>How scores with the prompts of a class become one.</summary>
    public PromptEnsemble Ensemble { get; } = ensemble;

    /// <summary>How prompts are padded.</summary>
    public PromptPadding Padding { get; } = padding;

    /// <summary>All of it as one text, or its hash where it is long, for keys.</summary>
    public string Identity { get; } = ContentKey.Short($"{classes.Count} classes",
        $"{OptionNames.ToKebab(ensemble.ToString())}, padding {OptionNames.ToKebab(padding.ToString())}, of {string.Join("; ", classes.Select(c => $"{SpecWriter.WriteText(c.Name)}: {string.Join(", ", c.Prompts.Select(SpecWriter.WriteText))}"))}");

    /// <summary>Place of a class; -1 where it is none of them.</summary>
    public int IndexOf(string name) => _places.GetValueOrDefault(name, -1);

    private static Dictionary<string, int> Places(IReadOnlyList<PromptTexts> classes)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int c = 0; c < classes.Count; c++) places.TryAdd(classes[c].Name, c);
        return places;
    }
}
