using System.Numerics.Tensors;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Models;

/// <summary>
/// Scaled cosine similarity: tau &lt;I, T&gt; / (|I| |T|), tau = exp(logit_scale) (Radford et al. 2021, fig. 3).
/// </summary>
/// <param name="logitScale">tau, the exponential of the stored parameter.</param>
/// <param name="normFloor">Smallest norm divided by: 0 for the plain norm of CLIP and MedCLIP, 1e-12 for open_clip.</param>
public sealed class CosineFusion(float logitScale, float normFloor = 0f) : IFusionRule
{
    /// <inheritdoc/>
    public string Name => "cosine";

    /// <inheritdoc/>
    public Value Score(GraphBuilder g, Value imageEmbeds, Value textEmbeds, ScoreKind kind)
    {
        Value image = kind == ScoreKind.Linear ? imageEmbeds : g.L2Normalize(imageEmbeds, normFloor);
        Value product = g.ReduceSum(g.Mul(image, g.L2Normalize(textEmbeds, normFloor)), [-1], keepDimensions: false);
        return kind == ScoreKind.Cosine ? product : g.Scale(product, logitScale);
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<float> imageEmbedding, ReadOnlySpan<float> textEmbedding, ScoreKind kind)
    {
        double score = TensorPrimitives.Dot(imageEmbedding, textEmbedding) / Norm(textEmbedding);
        if (kind != ScoreKind.Linear) score /= Norm(imageEmbedding);
        return kind == ScoreKind.Cosine ? score : score * logitScale;
    }

    /// <inheritdoc/>
    public float[] DimensionWeights(ReadOnlySpan<float> textEmbedding)
    {
        float[] weights = textEmbedding.ToArray();
        TensorPrimitives.Multiply(weights, (float)(logitScale / Norm(textEmbedding)), weights);
        return weights;
    }

    private double Norm(ReadOnlySpan<float> v) => Math.Max(TensorPrimitives.Norm(v), normFloor);
}
