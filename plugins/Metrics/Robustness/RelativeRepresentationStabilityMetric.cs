using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Relative change of the explanation over the relative change of an inner representation of the image (Agarwal et al. 2022, equation 3). See <see cref="RelativeStabilityMetric"/>.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RelativeRepresentationStabilityMetric(RelativeRepresentationStabilityOptions options) : RelativeStabilityMetric(options)
{
    /// <inheritdoc/>
    public override MetricTraits Traits => base.Traits with { Needs = base.Traits.Needs | MetricNeeds.Evaluations };

    private protected override bool ComparesRepresentations => true;

    /// <inheritdoc/>
    public override string? Refusal(MetricRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return options.Tap.Length > 0 && request.Model is not ITappedModel ? "the model has no taps; leave out the option tap to take the image embedding" : null;
    }

    private protected override async Task<HostTensor?> RepresentAsync(IVisionLanguageModel model, HostTensor pixels, HostTensor embeds, CancellationToken cancellationToken) =>
        options.Tap.Length == 0 ? embeds : (await ((ITappedModel)model).ReadTapsAsync(Modality.Image, pixels, [options.Tap], cancellationToken))[options.Tap];

    private protected override double Divisor(ExplainedView before, ExplainedView after) => RelativeChange(before.Representation!, after.Representation!);
}
