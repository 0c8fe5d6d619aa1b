using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// What a unit explains, before the model has seen any text. <see cref="Identity"/> goes into the unit's key; two targets with one identity are one.
/// </summary>
public abstract record UnitTarget
{
    /// <summary>Equal for targets that can share a run.</summary>
    public abstract string Kind { get; }

    /// <summary>Everything that decides the target, as one text.</summary>
    public abstract string Identity { get; }

    /// <summary>What is explained, for people.</summary>
    public abstract string Description { get; }

    /// <summary>The text it is about; null where it is about none.</summary>
    public virtual string? Text => null;

    /// <summary>The class it is about, for choosing regions and for tables; null where none is known.</summary>
    public string? Label { get; init; }

    /// <summary>What it says of regions, for choosing those that it is about; null where it says nothing that a data set knows of them.</summary>
    public RegionAttribute? Attribute { get; init; }

    /// <summary>Whether it stands for one of several among which the model chooses: only the one that the model predicts for an image is explained.</summary>
    public bool Predicted { get; init; }

    /// <summary>Explainers that explain it, as the experiment writes them; empty for all. Decides which units there are, and is in no key.</summary>
    public IReadOnlyList<string> Explainers { get; init; } = [];

    /// <summary>The texts or classes that it was chosen among, as one text; empty where it was chosen among none.</summary>
    public virtual string CandidatesIdentity => string.Empty;

    /// <summary>Its place among the texts or classes that it was chosen among; -1 where it was chosen among none. Known without a model.</summary>
    public virtual int CandidateIndex => -1;

    /// <summary>The texts or classes that it was chosen among, for a model, and its place among them; null where it was chosen among none.</summary>
    public virtual Task<(CandidateTexts Texts, int Index)?> CandidatesAsync(EmbeddedTexts texts, CancellationToken cancellationToken) => Task.FromResult<(CandidateTexts, int)?>(null);

    /// <summary>The target for a model.</summary>
    /// <param name="texts">Embeds texts for that model.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public abstract Task<ExplanationTarget> ResolveAsync(EmbeddedTexts texts, CancellationToken cancellationToken);

    /// <summary>Whether an explainer explains it.</summary>
    /// <param name="explainer">The explainer as the experiment writes it.</param>
    public bool IsFor(string explainer) => Explainers.Count == 0 || Explainers.Contains(explainer, StringComparer.Ordinal);

    /// <summary>The regions of an item that it is about: those of its class, those that have its attribute, or those whose name is its text.</summary>
    public IReadOnlyList<DatasetRegion> RegionsOf(DatasetItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return [.. item.Regions.Where(r => Attribute is not null ? r.Attributes.Contains(Attribute) : Label is null ? string.Equals(r.Name, Text, StringComparison.Ordinal) : string.Equals(r.Label, Label, StringComparison.Ordinal))];
    }
}
