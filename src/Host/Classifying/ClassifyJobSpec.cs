using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Classifying;

/// <summary>What a classification is asked for.</summary>
public sealed record ClassifyJobSpec
{
    /// <summary>The model.</summary>
    public required ModelSource Model { get; init; }

    /// <summary>Image files and folders.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>Prompts file; null for the model's own.</summary>
    public string? Prompts { get; init; }

    /// <summary>How scores with prompts become the score of a class.</summary>
    public PromptEnsemble Ensemble { get; init; }

    /// <summary>How prompts are padded.</summary>
    public PromptPadding Padding { get; init; }

    /// <summary>Whether scores are probabilities rather than logits.</summary>
    public bool Probabilities { get; init; }

    /// <summary>Labels file; null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>Limits for decoding.</summary>
    public ImageLimits ImageLimits { get; init; } = ImageLimits.Default;
}
