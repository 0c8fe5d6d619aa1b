using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// Of targets that stand for the model's choice, keeps those that a model predicts for an image (zero-shot classification: the largest logit, the
/// first of equal ones). One forward pass an image, and none where nothing is to be predicted.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="preparation">How images are brought to its input.</param>
/// <param name="limits">Limits for decoding images.</param>
internal sealed class PredictedTargets(PlannedModel model, ImagePreparation preparation, ImageLimits limits)
{
    /// <summary>Targets with which can be checked what works: of those that stand for one prediction a single one, about a region of the image where there is any.</summary>
    public static IEnumerable<UnitTarget> Samples(DatasetItem item, IEnumerable<UnitTarget> targets) =>
        targets.GroupBy(t => t.Predicted ? t.Kind + t.CandidatesIdentity : t.Identity).Select(g => g.FirstOrDefault(t => t.Predicted && t.RegionsOf(item).Count > 0) ?? g.First());

    /// <summary>The targets of an image, predicted ones chosen; where there can be no prediction, a target that fails and says why.</summary>
    public async Task<IReadOnlyList<UnitTarget>> ChooseAsync(PlannedItem item, IReadOnlyList<UnitTarget> targets, CancellationToken cancellationToken)
    {
        if (!targets.Any(t => t.Predicted)) return targets;
        HostTensor embedding;
        try
        {
            if (item.Problem is not null) throw new PellucidException(item.Problem);
            DecodedImage image = await item.Item.Image.LoadAsync(limits, cancellationToken);
            embedding = await model.Model.EmbedImagesAsync(model.Model.Prepare(image, preparation).Pixels, cancellationToken);
            if (!System.Numerics.Tensors.TensorPrimitives.IsFiniteAll<float>(embedding.Floats)) throw new PellucidException("the image embedding is not finite");
        }
        catch (PellucidException e)
        {
            return [.. targets.Where(t => !t.Predicted), new UnpredictedUnitTarget(e.Message)];
        }

        HashSet<UnitTarget> chosen = new(ReferenceEqualityComparer.Instance);
        foreach (var group in targets.Where(t => t.Predicted).GroupBy(t => (t.Kind, t.CandidatesIdentity)))
        {
            UnitTarget[] among = [.. group];
            // One target alone is a choice without alternatives.
            if (among is [{ CandidatesIdentity.Length: 0 } only]) chosen.Add(only);
            int? best = null;
            foreach (UnitTarget target in among)
            {
                if (await target.CandidatesAsync(model.Texts, cancellationToken) is not { } candidates) continue;
                best ??= CandidateTexts.Best(candidates.Texts.Logits(model.Model.Fusion, embedding.Floats));
                if (candidates.Index == best) chosen.Add(target);
            }
        }

        return [.. targets.Where(t => !t.Predicted || chosen.Contains(t))];
    }
}
