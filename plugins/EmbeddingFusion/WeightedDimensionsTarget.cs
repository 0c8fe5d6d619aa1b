using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>A weighted sum of the dimensions of the un-normalized image embedding.</summary>
/// <param name="Weights">[E].</param>
internal sealed record WeightedDimensionsTarget(float[] Weights) : EmbeddingTarget
{
    public override string Kind => "weighted-dimensions";

    public override string Describe() => "a weighted sum of the embedding dimensions";

    public override float[] Parameters(int width) => Weights.Length == width
        ? Weights
        : throw new PellucidException($"there are weights for {Weights.Length} embedding dimensions, the model has {width}");

    public override Value Append(GraphBuilder g, IFusionRule fusion, Value embeds, Value parameters) =>
        g.ReduceSum(g.Mul(embeds, parameters), [-1], keepDimensions: false);

    public override ValueTask<float[]> EvaluateAsync(IFusionRule fusion, HostTensor embeds, CancellationToken cancellationToken = default)
    {
        float[] weights = Parameters((int)embeds.Shape[1]);
        return Each(embeds, (e, start) => TensorPrimitives.Dot(e.Floats.Slice(start, weights.Length), weights));
    }

    public override LinearForm Linear(IFusionRule fusion, int width) => new(Parameters(width));
}
