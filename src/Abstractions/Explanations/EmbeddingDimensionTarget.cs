using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Abstractions.Explanations;

/// <summary>One dimension of the un-normalized embedding of the explained side.</summary>
/// <param name="Dimension">0 to E - 1.</param>
public sealed record EmbeddingDimensionTarget(int Dimension) : EmbeddingTarget
{
    /// <inheritdoc/>
    public override string Kind => "embedding-dimension";

    /// <inheritdoc/>
    public override string Describe() => $"embedding dimension {Dimension}";

    /// <inheritdoc/>
    public override bool Explains(Modality side) => true;

    /// <inheritdoc/>
    public override float[] Parameters(int width)
    {
        float[] oneHot = new float[width];
        oneHot[Checked(width)] = 1;
        return oneHot;
    }

    /// <inheritdoc/>
    public override Value Append(GraphBuilder g, IFusionRule fusion, Value embeds, Value parameters) =>
        g.ReduceSum(g.Mul(embeds, parameters), [-1], keepDimensions: false);

    /// <inheritdoc/>
    public override ValueTask<float[]> EvaluateAsync(IFusionRule fusion, HostTensor embeds, CancellationToken cancellationToken = default)
    {
        int dimension = Checked((int)embeds.Shape[1]);
        return Each(embeds, (e, start) => e.Floats[start + dimension]);
    }

    /// <inheritdoc/>
    public override LinearForm Linear(IFusionRule fusion, int width) => new(Parameters(width));

    private int Checked(int width) => Dimension >= 0 && Dimension < width
        ? Dimension
        : throw new PellucidException($"embedding dimension {Dimension} does not exist: the embedding has dimensions 0 to {width - 1}");
}
