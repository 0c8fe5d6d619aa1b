using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// What methods share that only evaluate the model on changed images. Every changed image is embedded once, whatever the number of
/// targets; the memory does not grow with the number of changed images.
/// </summary>
public abstract class PerturbationExplainer : ILinearExplainer
{
    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Evaluate;

    /// <inheritdoc/>
    public virtual bool IsLinearInTarget => true;

    /// <summary>Whether the map has a sign.</summary>
    private protected virtual bool Signed => true;

    /// <summary>Why an all-zero map says nothing.</summary>
    private protected virtual string NothingFound => "no change of the image changes the score";

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var images = new PerturbedImages(request);
        PerturbationResult[] results = await AttributeAsync(request, images, cancellationToken);
        request.Progress?.Report(1);
        return [.. request.Targets.Select((target, k) => Explain(target, images.Original[k], results[k]))];
    }

    /// <summary>Results for all targets in order.</summary>
    private protected abstract Task<PerturbationResult[]> AttributeAsync(ExplanationRequest request, PerturbedImages images, CancellationToken cancellationToken);

    private Explanation Explain(ExplanationTarget target, float score, PerturbationResult result)
    {
        HostTensor? elements = result.Attribution.Shape.Rank == 3 ? result.Attribution : null;
        HostTensor map = elements is null ? result.Attribution : ChannelReduction.Mean(elements);
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score,
            ExplainedFunction = "the served model",
            Image = new ImageAttribution
            {
                Map = map,
                Signed = Signed,
                Elements = elements,
                Undefined = map.Floats.ContainsAnyExcept(0f) ? null : NothingFound,
            },
            Details = result.Details,
        };
    }
}
