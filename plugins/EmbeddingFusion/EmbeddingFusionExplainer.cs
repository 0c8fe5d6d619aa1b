using System.Globalization;
using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>
/// Embedding-space explanation (Hashmi et al. 2024, "Envisioning MedCLIP: a deep dive into explainability for medical vision-language models",
/// section 3): any explainer makes a map F_i of every dimension i of the projected, un-normalized image embedding I_p; the map of a text is their sum
/// with the text's weights, F = sum_i tau T_i F_i, where T is the normalized text embedding. Where the inner explainer is linear in the target, that
/// is its map of the scalar tau &lt;T, I_p&gt;, which one run makes.
/// </summary>
/// <remarks>
/// Whatever form of the matching score is asked for, the linear one is explained; <see cref="Explanation.ExplainedFunction"/> says so, and the
/// drift is the asked score minus it. All dimensions share the request's seed and draws.
/// </remarks>
/// <example><c>--score linear --explainer "embedding-fusion(inner=integrated-gradients(steps=20))"</c></example>
public sealed class EmbeddingFusionExplainer : IExplainer
{
    private readonly EmbeddingFusionOptions _options;
    private readonly IExplainer _inner;

    /// <summary>Makes one.</summary>
    /// <param name="options">Options.</param>
    /// <exception cref="PellucidException">There is no inner explainer, or it cannot do what the plan asks.</exception>
    public EmbeddingFusionExplainer(EmbeddingFusionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _inner = options.Inner ?? throw new PellucidException("embedding-fusion needs an explainer that makes the map of each embedding dimension: give inner=...");
        if (options.Plan == FusionPlan.Fused && !IsLinear)
            throw new PellucidException(
                "plan=fused explains the weighted sum of the embedding dimensions in one run, and the inner explainer, with its options, is not linear in the target: that would be another map (saliency is linear with abs=false). Use plan=maps or plan=auto");
    }

    /// <inheritdoc/>
    public ModelCapabilities Requires => _inner.Requires | ModelCapabilities.Evaluate;

    private bool IsLinear => _inner is ILinearExplainer { IsLinearInTarget: true };

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => FusedTarget.Exists(target) && _inner.CanExplain(new EmbeddingDimensionTarget(0));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        FusedTarget[] targets = [.. request.Targets.Select(t => FusedTarget.Of(t, request.Model))];
        (FusionPlan plan, string why) = FusionPlanner.Choose(
            _options.Plan, IsLinear, _inner.Requires == ModelCapabilities.Evaluate, targets.Length, request.Model.Description.EmbeddingDimension, stored: false);
        IReadOnlyList<Explanation> explanations = plan == FusionPlan.Fused
            ? await FuseAsync(request, targets, why, cancellationToken)
            : await SumAsync(request, targets, why, cancellationToken);
        request.Progress?.Report(1);
        return explanations;
    }

    /// <summary>One run of the inner explainer on the linear scores.</summary>
    private async Task<IReadOnlyList<Explanation>> FuseAsync(ExplanationRequest request, FusedTarget[] targets, string why, CancellationToken cancellationToken)
    {
        IReadOnlyList<Explanation> found = await _inner.ExplainAsync(
            request with { Targets = [.. targets.Select(t => t.Linear)], ExplainText = false }, cancellationToken);

        // The inner explainer knows the linear score; another form takes the embedding.
        HostTensor? scores = targets.All(t => t.Asked == t.Linear) ? null : await request.Model.EvaluateAsync(request.Image.Pixels, request.Targets, cancellationToken);
        return [.. found.Select((e, k) => new Explanation
        {
            Target = request.Targets[k],
            Score = scores is null ? e.Score : scores.Floats[k],
            ExplainedScore = e.ExplainedScore,
            ExplainedFunction = Describe(FusionPlan.Fused, why, e.ExplainedFunction),
            Image = e.Image is not { } image
                ? throw new PellucidException("embedding-fusion: the inner explainer gives no map of the image; use one that does")
                : image with { Elements = _options.Elements ? image.Elements : null },
        })];
    }

    /// <summary>The maps of all dimensions and their weighted sums.</summary>
    private async Task<IReadOnlyList<Explanation>> SumAsync(ExplanationRequest request, FusedTarget[] targets, string why, CancellationToken cancellationToken)
    {
        int dimensions = request.Model.Description.EmbeddingDimension, dimension = 0;
        float[] embedding = new float[dimensions];
        double[] explained = new double[dimensions];
        Explanation? any = null;
        WeightedRows? maps = null, elements = null;
        await foreach (Explanation e in new DimensionMaps(_inner, _options.Batch).ExplainAsync(request, cancellationToken))
        {
            any ??= e;
            ImageAttribution image = e.Image!;
            maps ??= new WeightedRows([.. targets.Select(t => t.Weights)], image.Map.Length);
            maps.Add(dimension, 0, image.Map.Floats);
            if (_options.Elements && image.Elements is { } all)
            {
                elements ??= new WeightedRows([.. targets.Select(t => t.Weights)], all.Length);
                elements.Add(dimension, 0, all.Floats);
            }

            (embedding[dimension], explained[dimension]) = ((float)e.Score, e.ExplainedScore);
            dimension++;
        }

        return [.. targets.Select((target, k) => new Explanation
        {
            Target = target.Asked,
            Score = target.ScoreOf(embedding, request.Model),
            ExplainedScore = target.Weights.Zip(explained, (w, x) => w * x).Sum(),
            ExplainedFunction = Describe(FusionPlan.Maps, why, any!.ExplainedFunction),
            Image = Attribution(HostTensor.Of(maps!.Sum(k).ToArray(), any.Image!.Map.Shape), any.Image, elements is null ? null : HostTensor.Of(elements.Sum(k).ToArray(), any.Image.Elements!.Shape)),
        })];
    }

    private static ImageAttribution Attribution(HostTensor map, ImageAttribution one, HostTensor? elements)
    {
        if (!TensorPrimitives.IsFiniteAll<float>(map.Floats)) throw new PellucidException("embedding-fusion: the sum of the maps is not finite: the model's weights or the image are unusable");
        return new ImageAttribution
        {
            Map = map,
            Signed = true,
            Elements = elements,
            Upsampling = one.Upsampling,
            Undefined = map.Floats.ContainsAnyExcept(0f) ? null : "the maps of all embedding dimensions are zero, or cancel",
        };
    }

    private static string Describe(FusionPlan plan, string why, string inner) => string.Create(
        CultureInfo.InvariantCulture,
        $"the linear score tau <T, I_p> of {inner}{(plan == FusionPlan.Fused ? ", in one run" : ", as the sum over the embedding dimensions")} (plan {(plan == FusionPlan.Fused ? "fused" : "maps")}: {why})");
}
