namespace Pellucid.Abstractions.Explanations;

/// <summary>Explanations of several images, batched where the explainer can.</summary>
public static class ManyExplanations
{
    /// <summary>Explains several requests of one model, a batch at a time.</summary>
    /// <param name="explainer">The explainer.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="batchSize">Requests in a run, at least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The explanations of each request, in order; made as they are asked for.</returns>
    public static async IAsyncEnumerable<IReadOnlyList<Explanation>> ExplainEachAsync(
        this IExplainer explainer, IEnumerable<ExplanationRequest> requests, int batchSize,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (explainer is not IBatchExplainer batching)
        {
            foreach (ExplanationRequest request in requests) yield return await explainer.ExplainAsync(request, cancellationToken);
            yield break;
        }

        foreach (ExplanationRequest[] chunk in requests.Chunk(batchSize))
        {
            foreach (IReadOnlyList<Explanation> explanations in await batching.ExplainManyAsync(chunk, cancellationToken)) yield return explanations;
        }
    }
}
