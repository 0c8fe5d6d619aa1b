using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>Model parameter randomization test: similarity of the map with maps of the model with randomized layers (Adebayo et al. 2018). See <see cref="ParameterRandomizationMetric"/>.</summary>
/// <param name="options">Options.</param>
public sealed class MprtMetric(MprtOptions options) : ParameterRandomizationMetric(options)
{
    private protected override bool ComparesWithOwn => true;

    private protected override Task<float[][]> MapsAsync(MetricRequest request, IVisionLanguageModel? model, int step, CancellationToken cancellationToken) =>
        model is null ? Task.FromResult(MapComparison.Own(request)) : MapComparison.ExplainAsync(request, request.Items.Select(i => MapComparison.Of(i, model)), cancellationToken);
}
