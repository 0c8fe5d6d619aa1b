using System.Numerics.Tensors;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// Of targets that stand for the model's choice, keeps those that a model predicts for an image (zero-shot classification: the largest logit, the
/// first of equal ones). One forward pass an image, and none where nothing is to be predicted or every prediction is remembered.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="preparation">How images are brought to its input.</param>
/// <param name="limits">Limits for decoding images.</param>
/// <param name="store">Remembers predictions; null for nothing.</param>
internal sealed class PredictedTargets(PlannedModel model, ImagePreparation preparation, ImageLimits limits, IPlanningStore? store)
{
    /// <summary>Targets with which can be checked what works: of those that stand for one prediction a single one, about a region of the image where there is any.</summary>
    public static IEnumerable<UnitTarget> Samples(DatasetItem item, IEnumerable<UnitTarget> targets) =>
        targets.GroupBy(t => t.Predicted ? t.Kind + t.CandidatesIdentity : t.Identity).Select(g => g.FirstOrDefault(t => t.Predicted && t.RegionsOf(item).Count > 0) ?? g.First());

    /// <summary>The targets of an image, predicted ones chosen; where there can be no prediction, a target that fails and says why.</summary>
    public async Task<IReadOnlyList<UnitTarget>> ChooseAsync(PlannedItem item, IReadOnlyList<UnitTarget> targets, CancellationToken cancellationToken)
    {
        UnitTarget[] predicted = [.. targets.Where(t => t.Predicted)];
        if (predicted.Length == 0) return targets;
        IReadOnlyDictionary<string, int> choices;
        try
        {
            if (item.Problem is not null) throw new PellucidException(item.Problem);
            choices = await PredictAsync(item, [.. predicted.Where(t => t.CandidateIndex >= 0).DistinctBy(t => t.CandidatesIdentity)], cancellationToken);
        }
        catch (PellucidException e)
        {
            return [.. targets.Where(t => !t.Predicted), UnpredictedUnitTarget.For(predicted, e.Message)];
        }

        // One target alone, among no candidates, is a choice without alternatives.
        HashSet<(string, string)> alone = [.. predicted.GroupBy(t => (t.Kind, t.CandidatesIdentity)).Where(g => g.Key.CandidatesIdentity.Length == 0 && g.Count() == 1).Select(g => g.Key)];
        return [.. targets.Where(t => !t.Predicted || alone.Contains((t.Kind, t.CandidatesIdentity)) || choices.TryGetValue(t.CandidatesIdentity, out int choice) && t.CandidateIndex == choice)];
    }

    /// <summary>What the model chooses of each set of candidates, by the set's identity.</summary>
    /// <param name="item">The image.</param>
    /// <param name="ofEach">A target of each set.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    private async Task<IReadOnlyDictionary<string, int>> PredictAsync(PlannedItem item, UnitTarget[] ofEach, CancellationToken cancellationToken)
    {
        Dictionary<string, string> keys = ofEach.ToDictionary(
            t => t.CandidatesIdentity, t => UnitKeys.Prediction(model.Identity, item.ImageHash, preparation, t.CandidatesIdentity), StringComparer.Ordinal);
        IReadOnlyDictionary<string, int>? known = store is null ? null : await store.FindPredictionsAsync(keys.Values, cancellationToken);
        Dictionary<string, int> choices = new(StringComparer.Ordinal), made = new(StringComparer.Ordinal);
        HostTensor? embedding = null;
        foreach (UnitTarget target in ofEach)
        {
            string key = keys[target.CandidatesIdentity];
            if (known?.TryGetValue(key, out int choice) is not true)
            {
                embedding ??= await EmbedAsync(item, cancellationToken);
                CandidateTexts texts = (await target.CandidatesAsync(model.Texts, cancellationToken))!.Value.Texts;
                made[key] = choice = CandidateTexts.Best(texts.Logits(model.Model.Fusion, embedding.Floats));
            }

            choices[target.CandidatesIdentity] = choice;
        }

        if (store is not null && made.Count > 0) await store.AddPredictionsAsync(made, cancellationToken);
        return choices;
    }

    private async Task<HostTensor> EmbedAsync(PlannedItem item, CancellationToken cancellationToken)
    {
        DecodedImage image = await item.Item.Image.LoadAsync(limits, cancellationToken);
        if (image.ContentHash != item.ImageHash) throw new PellucidException(await ItemHashes.ForgetAsync(item, store, cancellationToken));
        HostTensor embedding = await model.Model.EmbedImagesAsync(model.Model.Prepare(image, preparation).Pixels, cancellationToken);
        return TensorPrimitives.IsFiniteAll<float>(embedding.Floats) ? embedding : throw new PellucidException("the image embedding is not finite");
    }
}
