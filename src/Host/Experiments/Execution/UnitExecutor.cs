using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Host.Explaining;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>Explains batches of units. Keeps maps as artifacts; the results themselves are for the caller to keep.</summary>
/// <param name="artifacts">Where maps go.</param>
/// <param name="environment">What it runs on, for provenance.</param>
/// <param name="preparation">How images were brought to the model's input, for provenance.</param>
public sealed class UnitExecutor(IArtifactStore artifacts, ExecutionEnvironment environment, ImagePreparation preparation)
{
    /// <summary>Explains a batch. What a model or an explainer refuses becomes a failure of its units; only a store that cannot be written, or the token, ends it.</summary>
    /// <param name="batch">The units.</param>
    /// <param name="item">Their image.</param>
    /// <param name="cancellationToken">Abandons the batch.</param>
    public async Task<BatchOutcome> RunAsync(UnitBatch batch, LoadedItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(item);
        (IReadOnlyList<Explanation>? found, string? problem) = await ExplainAsync(batch, item, cancellationToken);
        if (found is null)
        {
            if (batch.Units.Count == 1) return new BatchOutcome([], [new UnitFailure(batch.First.Key, problem!)]);
            // One target can spoil a batch; alone, each shows what it is worth.
            BatchOutcome[] alone = new BatchOutcome[batch.Units.Count];
            for (int u = 0; u < alone.Length; u++) alone[u] = await RunAsync(new UnitBatch([batch.Units[u]]), item, cancellationToken);
            return new BatchOutcome([.. alone.SelectMany(o => o.Results)], [.. alone.SelectMany(o => o.Failures)]);
        }

        List<UnitResult> results = [];
        List<UnitFailure> failures = [];
        for (int u = 0; u < batch.Units.Count; u++)
        {
            if (ExplanationFaults.Of(found[u]) is { } fault) failures.Add(new UnitFailure(batch.Units[u].Key, fault));
            else results.Add(await KeepAsync(batch.Units[u], found[u], item, batch.Units.Count, cancellationToken));
        }

        return new BatchOutcome(results, failures);
    }

    private static async Task<(IReadOnlyList<Explanation>? Found, string? Problem)> ExplainAsync(UnitBatch batch, LoadedItem item, CancellationToken cancellationToken)
    {
        PlannedUnit first = batch.First;
        try
        {
            var targets = new ExplanationTarget[batch.Units.Count];
            for (int u = 0; u < targets.Length; u++) targets[u] = await batch.Units[u].Target.ResolveAsync(first.Model.Texts, cancellationToken);
            ExplanationRequest request = new() { Model = first.Model.Model, Image = item.Input, Targets = targets, Seed = first.Item.Seed };
            IReadOnlyList<Explanation> found = await first.Explainer.Chosen.Explainer.ExplainAsync(request, cancellationToken);
            return found.Count == targets.Length ? (found, null) : (null, $"{first.Explainer.Chosen.Text} gave {found.Count} explanations for {targets.Length} targets");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (PellucidException e)
        {
            return (null, e.Message);
        }
        catch (Exception e) when (PluginFaults.IsContained(e))
        {
            return (null, PluginFaults.Describe($"{first.Explainer.Chosen.Text} failed", e));
        }
    }

    private async Task<UnitResult> KeepAsync(PlannedUnit unit, Explanation explanation, LoadedItem item, int targets, CancellationToken cancellationToken)
    {
        StoredMap? map = null;
        if (explanation.Image is { } image)
        {
            string artifact = await artifacts.PutAsync(NpyFormat.Write(image.Map), ".npy", cancellationToken);
            string? elements = image.Elements is { } all ? await artifacts.PutAsync(NpyFormat.Write(all), ".npy", cancellationToken) : null;
            map = new StoredMap(artifact, elements, image.Signed, image.Upsampling, image.Undefined, item.Input.Geometry)
            {
                WordMaps = ExplanationFaults.WordMaps(explanation) is { } words ? await artifacts.PutAsync(NpyFormat.Write(words), ".npy", cancellationToken) : null,
            };
        }

        MethodNumbers numbers = MethodNumbers.Of(explanation);
        return new UnitResult
        {
            Key = unit.Key,
            Subject = UnitProvenance.Subject(unit),
            Score = explanation.Score,
            ExplainedScore = explanation.ExplainedScore,
            ExplainedFunction = explanation.ExplainedFunction,
            Map = map,
            Words = explanation.Text is { } text ? StoredJson.Write(StoredWords.Of(text)) : null,
            Numbers = numbers.Values,
            Warning = numbers.Warning,
            Provenance = UnitProvenance.Of(unit, environment, preparation, targets),
        };
    }
}
