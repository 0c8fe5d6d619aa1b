using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>What methods share that need one gradient by the pixels and explain the model as it is served.</summary>
public abstract class GradientExplainer : ILinearExplainer, IBatchExplainer
{
    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.VectorJacobianProduct;

    /// <inheritdoc/>
    public bool IsLinearInTarget => Signed;

    /// <summary>Whether the sign of the gradient is kept: in map and elements, which are then linear in the target.</summary>
    protected abstract bool Signed { get; }

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        IDifferentiableModel model = PointGradients.Differentiable(request.Model);
        TargetGradients result = await model.GradientsAsync(request.Image.Pixels, request.Targets, cancellationToken);
        request.Progress?.Report(1);
        return [.. request.Targets.Select((target, k) => Explain(request.Image.Pixels, target, result, k))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<Explanation>>> ExplainManyAsync(IReadOnlyList<ExplanationRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        List<IReadOnlyList<Explanation>> all = [];
        if (requests.Count < 2 || !ShareARun(requests))
        {
            foreach (ExplanationRequest request in requests) all.Add(await ExplainAsync(request, cancellationToken));
            return all;
        }

        HostTensor first = requests[0].Image.Pixels;
        float[] pixels = new float[requests.Count * first.Length];
        for (int i = 0; i < requests.Count; i++) requests[i].Image.Pixels.Floats.CopyTo(pixels.AsSpan(i * first.Length));
        TargetGradients result = await PointGradients.Differentiable(requests[0].Model).GradientsAsync(
            HostTensor.Of(pixels, first.Shape.With(0, requests.Count)), [.. requests.Select(r => r.Targets[0])], cancellationToken);
        for (int i = 0; i < requests.Count; i++)
        {
            requests[i].Progress?.Report(1);
            all.Add([Explain(requests[i].Image.Pixels, requests[i].Targets[0], result, i)]);
        }

        return all;
    }

    /// <summary>Attribution of every input element from pixels and gradient, all [C, H, W].</summary>
    protected abstract void Attribute(ReadOnlySpan<float> pixels, ReadOnlySpan<float> gradient, Span<float> elements);

    /// <summary>Map [H, W] from the attribution [C, H, W].</summary>
    protected abstract HostTensor Reduce(HostTensor elements);

    /// <summary>The attribution that a gradient gives.</summary>
    /// <param name="target">What is explained.</param>
    /// <param name="shape">[1, C, H, W].</param>
    /// <param name="pixels">[C, H, W].</param>
    /// <param name="gradient">[C, H, W].</param>
    /// <exception cref="PellucidException">It is not finite.</exception>
    internal ImageAttribution Attribute(ExplanationTarget target, TensorShape shape, ReadOnlySpan<float> pixels, ReadOnlySpan<float> gradient)
    {
        float[] elements = new float[pixels.Length];
        Attribute(pixels, gradient, elements);
        if (!TensorPrimitives.IsFiniteAll<float>(elements)) throw new PellucidException($"the gradient of {target.Describe()} is not finite: the model's weights or the image are unusable");
        HostTensor tensor = HostTensor.Of(elements, shape[1], shape[2], shape[3]), map = Reduce(tensor);
        return new ImageAttribution
        {
            Map = map,
            Signed = Signed,
            Elements = tensor,
            Undefined = map.Floats.ContainsAnyExcept(0f) ? null : "the gradient is zero everywhere",
        };
    }

    private static bool ShareARun(IReadOnlyList<ExplanationRequest> requests)
    {
        ExplanationRequest first = requests[0];
        return requests.All(r => r.Targets.Count == 1 && ReferenceEquals(r.Model, first.Model)
            && string.Equals(r.Targets[0].Kind, first.Targets[0].Kind, StringComparison.Ordinal) && r.Image.Pixels.Shape.Equals(first.Image.Pixels.Shape));
    }

    private Explanation Explain(HostTensor pixels, ExplanationTarget target, TargetGradients result, int index)
    {
        float score = result.Values.Floats[index];
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score,
            ExplainedFunction = Attribution.ServedModel,
            Image = Attribute(target, pixels.Shape, pixels.Floats, result.Gradients.Floats.Slice(index * pixels.Length, pixels.Length)),
        };
    }
}
