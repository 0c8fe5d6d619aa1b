using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// A map of independent random numbers, uniform in [0, 1]: what any method must beat. It knows nothing of the model and is the same for every target and
/// image of one size and seed.
/// </summary>
/// <example><c>--explainer random --seed 1</c></example>
public sealed class RandomExplainer : PerturbationExplainer
{
    /// <inheritdoc/>
    public override bool IsLinearInTarget => false;

    private protected override bool Signed => false;

    private protected override string NothingFound => "every number drawn is zero";

    private protected override async Task<PerturbationResult[]> AttributeAsync(ExplanationRequest request, PerturbedImages images, CancellationToken cancellationToken)
    {
        await images.EvaluateAsync(0, static (_, _) => { }, cancellationToken);
        HostTensor map = Draw(new SeededRandom(request.Seed), request.Image.Size);
        return [.. request.Targets.Select(_ => new PerturbationResult(map))];
    }

    private static HostTensor Draw(SeededRandom random, ImageSize size) =>
        HostTensor.Of([.. Enumerable.Range(0, size.Height * size.Width).Select(_ => (float)random.NextUniform())], size.Height, size.Width);
}
