using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// Feature ablation, as Captum defines it: every element of a region gets the score drop F(x) - F(x with the region filled), the whole drop,
/// not divided by the region's size. Replays <c>feature-mask</c>, the regions [H, W], and <c>baseline</c>, the fill.
/// </summary>
/// <example><c>--explainer "feature-ablation(patch=32)"</c></example>
/// <param name="options">Options.</param>
/// <param name="files">Reads masks that are images.</param>
public sealed class FeatureAblationExplainer(FeatureAblationOptions options, IImageReader files) : FeatureExplainer(options, files)
{
    private protected override async Task<double[][]> ValuesAsync(ExplanationRequest request, Coalitions coalitions, CancellationToken cancellationToken)
    {
        int features = coalitions.Mask.Count;
        List<bool[]> shown = [Enumerable.Repeat(true, features).ToArray()];
        for (int f = 0; f < features; f++) shown.Add([.. Enumerable.Range(0, features).Select(i => i != f)]);
        float[][] scores = await coalitions.EvaluateAsync(shown, cancellationToken);
        return [.. request.Targets.Select((_, k) => Enumerable.Range(0, features).Select(f => (double)scores[0][k] - scores[f + 1][k]).ToArray())];
    }
}
