using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>A model of an experiment.</summary>
/// <param name="Model">The model.</param>
/// <param name="Identity">Its content, tokenizer and adapter as one text, for keys.</param>
/// <param name="Adapter">Plugin that loaded it, with version and hash, for provenance.</param>
public sealed record PlannedModel(IVisionLanguageModel Model, string Identity, string Adapter)
{
    /// <summary>Its id.</summary>
    public string Id => Model.Description.Id;

    /// <summary>Texts as it takes them.</summary>
    public EmbeddedTexts Texts { get; } = new(Model);
}
