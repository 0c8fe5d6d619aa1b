using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>An explainer that explains several images in one run of the model. Metrics that explain many changed images need this to be fast.</summary>
public interface IBatchExplainer : IExplainer
{
    /// <summary>Explains several requests of one model.</summary>
    /// <param name="requests">Requests of one model, with images of one size.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each request in order what <see cref="IExplainer.ExplainAsync"/> would give, but for float rounding.</returns>
    /// <exception cref="PellucidException">A request does not fit.</exception>
    Task<IReadOnlyList<IReadOnlyList<Explanation>>> ExplainManyAsync(IReadOnlyList<ExplanationRequest> requests, CancellationToken cancellationToken = default);
}
