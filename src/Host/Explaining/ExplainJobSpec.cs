using Pellucid.Abstractions.Models;
using Pellucid.Host.Targets;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Explaining;

/// <summary>What an explanation job is asked for: images by targets by explainers.</summary>
public sealed record ExplainJobSpec
{
    /// <summary>The model.</summary>
    public required ModelSource Model { get; init; }

    /// <summary>Image files.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>What is explained.</summary>
    public required TargetChoice Targets { get; init; }

    /// <summary>Explainers in the option grammar, for example <c>grad-eclip(layers=2)</c>.</summary>
    public required IReadOnlyList<string> Explainers { get; init; }

    /// <summary>Seed of every random draw.</summary>
    public ulong Seed { get; init; }

    /// <summary>How images are brought to the model's input.</summary>
    public ImagePreparation Preparation { get; init; } = ImagePreparation.Model;

    /// <summary>Limits for decoding.</summary>
    public ImageLimits ImageLimits { get; init; } = ImageLimits.Default;
}
