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
/// Any target that is linear in I_p, with its own weights; of scores with texts the linear form is explained, whatever is asked for:
/// <see cref="Explanation.ExplainedFunction"/> says so, and the drift is the asked score minus the linear one. All dimensions share the request's seed and draws. The
/// maps of all dimensions are kept in the host's <see cref="IMapCache"/>: another text costs a weighted sum.
/// </remarks>
/// <example><c>--score linear --explainer "embedding-fusion(inner=integrated-gradients(steps=20))"</c></example>
public sealed class EmbeddingFusionExplainer : IExplainer
{
    private readonly EmbeddingFusionOptions _options;
    private readonly IExplainer _inner;
    private readonly IMapCache _cache;
    private readonly IExplainerIdentities _identities;

    /// <summary>Makes one.</summary>
    /// <param name="options">Options.</param>
    /// <param name="cache">Keeps the maps of all dimensions.</param>
    /// <param name="identities">Tells what the inner explainer is.</param>
    /// <exception cref="PellucidException">There is no inner explainer, or it cannot do what the plan asks.</exception>
    public EmbeddingFusionExplainer(EmbeddingFusionOptions options, IMapCache cache, IExplainerIdentities identities)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _cache, _identities) = (options, cache, identities);
        _inner = options.Inner ?? throw new PellucidException("embedding-fusion needs an explainer that makes the map of each embedding dimension: give inner=...");
        if (options.Plan == FusionPlan.Fused && !IsLinear)
            throw new PellucidException(
                "plan=fused explains the weighted sum of the embedding dimensions in one run, and the inner explainer, with its options, is not linear in the target: that would be another map (saliency is linear with abs=false). Use plan=maps or plan=auto");
    }

    /// <inheritdoc/>
    public ModelCapabilities Requires => _inner.Requires | ModelCapabilities.Evaluate;

    private bool IsLinear => _inner is ILinearExplainer { IsLinearInTarget: true };

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => FusedTarget.MayHave(target) && _inner.CanExplain(new EmbeddingDimensionTarget(0));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        FusedTarget[] targets = [.. request.Targets.Select(t => FusedTarget.Of(t, request.Model))];
        (FusionPlan plan, string why) = FusionPlanner.Choose(
            _options.Plan, IsLinear, _inner.Requires == ModelCapabilities.Evaluate, targets.Length, request.Model.Description.EmbeddingDimension);
        IReadOnlyList<Explanation> explanations = plan == FusionPlan.Fused
            ? await FuseAsync(request, targets, why, cancellationToken)
            : await ExplainAsync(request, targets, await SumAsync(request, [.. targets.Select(t => t.Weights)], cancellationToken), why, cancellationToken);
        request.Progress?.Report(1);
        return explanations;
    }

    /// <summary>The weighted sums of the maps of all dimensions: of kept ones, or of new ones, which are kept then. The bytes are the same.</summary>
    private async Task<SummedMaps> SumAsync(ExplanationRequest request, float[][] weights, CancellationToken cancellationToken)
    {
        string? key = _identities.Of(_inner) is { } identity ? MapsKey.Of(request, identity, _options.Elements) : null;
        using IStoredMaps? stored = key is null ? null : _cache.Find(key);
        if (stored is not null && MapsNote.Read(stored, request.Model.Description.EmbeddingDimension) is { } note) return SummedMaps.Read(stored, note, weights, cancellationToken);
        return await SummedMaps.MakeAsync(
            new DimensionMaps(_inner, _options.Batch), request, weights, _options.Elements, (rows, length) => key is null ? null : _cache.Create(key, rows, length), cancellationToken);
    }

    /// <summary>One run of the inner explainer on the weighted sums.</summary>
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
            ExplainedFunction = $"{targets[k].Describe(e.ExplainedFunction)} (plan fused: {why})",
            Image = e.Image is not { } image
                ? throw new PellucidException("embedding-fusion: the inner explainer gives no map of the image; use one that does")
                : image with { Elements = _options.Elements ? image.Elements : null },
            Warning = e.Warning,

            // Such as the convergence delta, which is about the very sum that is explained here.
            Details = e.Details,
        })];
    }

    /// <summary>The sums of the maps of all dimensions.</summary>
    private static async Task<IReadOnlyList<Explanation>> ExplainAsync(
        ExplanationRequest request, FusedTarget[] targets, SummedMaps sums, string why, CancellationToken cancellationToken)
    {
        MapsNote note = sums.Note;
        HostTensor scores = await request.Model.EvaluateEmbeddingsAsync(HostTensor.Of(note.Embedding, 1, note.Embedding.Length), request.Targets, cancellationToken);
        return [.. targets.Select((target, k) => new Explanation
        {
            Target = target.Asked,
            Score = scores.Floats[k],
            ExplainedScore = target.Weights.Zip(note.Explained, (w, x) => w * x).Sum(),
            ExplainedFunction = $"{target.Describe(note.Function)} (plan maps: {why})",
            Image = Attribution(note, sums.Rows.Sum(k)),
            Warning = note.Warning,
        })];
    }

    private static ImageAttribution Attribution(MapsNote note, float[] row)
    {
        if (!TensorPrimitives.IsFiniteAll<float>(row)) throw new PellucidException("embedding-fusion: the sum of the maps is not finite: the model's weights or the image are unusable");
        float[] map = note.Elements is null ? row : row[..note.MapLength];
        return new ImageAttribution
        {
            Map = HostTensor.Of(map, note.Map),
            Signed = true,
            Elements = note.Elements is null ? null : HostTensor.Of(row[note.MapLength..], note.Elements),
            Upsampling = note.Upsampling,
            Undefined = map.AsSpan().ContainsAnyExcept(0f) ? null : "the maps of all embedding dimensions are zero, or cancel",
        };
    }
}
