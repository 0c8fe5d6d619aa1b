using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>The attributions of all embedding dimensions, a batch at a time: no more are held.</summary>
/// <param name="inner">Makes them.</param>
/// <param name="batch">Dimensions at once.</param>
internal sealed class DimensionMaps(IExplainer inner, int batch)
{
    /// <summary>Explanations of dimensions 0 to E - 1, in order. All share the request's seed and draws.</summary>
    /// <exception cref="PellucidException">The inner explainer gives no map, or maps of several shapes.</exception>
    public async IAsyncEnumerable<Explanation> ExplainAsync(ExplanationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int dimensions = request.Model.Description.EmbeddingDimension, batches = (dimensions + batch - 1) / batch;
        IVisionLanguageModel model = batches > 1 && inner.Requires == ModelCapabilities.Evaluate ? new RememberingModel(request.Model) : request.Model;
        Explanation? first = null;
        for (int b = 0; b < batches; b++)
        {
            IReadOnlyList<Explanation> explanations = await inner.ExplainAsync(
                request with
                {
                    Model = model,
                    Targets = [.. Enumerable.Range(b * batch, Math.Min(batch, dimensions - (b * batch))).Select(i => new EmbeddingDimensionTarget(i))],
                    ExplainText = false,
                    Progress = new PartOfProgress(request.Progress, (double)b / batches, (b + 1.0) / batches),
                },
                cancellationToken);
            foreach (Explanation explanation in explanations)
            {
                ImageAttribution image = explanation.Image
                    ?? throw new PellucidException("embedding-fusion: the inner explainer gives no map of the image; use one that does");
                first ??= explanation;
                if (!image.Map.Shape.SequenceEqual(first.Image!.Map.Shape))
                    throw new PellucidException($"embedding-fusion: the inner explainer gave a map of {first.Image.Map.Shape} for one embedding dimension and of {image.Map.Shape} for another");
                yield return explanation;
            }
        }
    }
}
