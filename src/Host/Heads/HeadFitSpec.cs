using Pellucid.Abstractions.Models;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Heads;

/// <summary>What a fit of a head is asked for.</summary>
public sealed record HeadFitSpec
{
    /// <summary>The model whose embeddings it reads.</summary>
    public required ModelSource Model { get; init; }

    /// <summary>CSV file: images, and values or a class.</summary>
    public required string Data { get; init; }

    /// <summary>Columns to fit; none for all behind the first.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Ridge or logistic regression.</summary>
    public required HeadMethod Method { get; init; }

    /// <summary>lambda, on standardized embeddings.</summary>
    public double Regularization { get; init; } = 0.01;

    /// <summary>Folds of the cross-validation; 0 for none.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Limits for decoding.</summary>
    public ImageLimits ImageLimits { get; init; } = ImageLimits.Default;
}
