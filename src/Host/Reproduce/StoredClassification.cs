using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Plugins;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Host.Plugins;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Reproduce;

/// <summary>
/// Classifies images once: scores are kept in a workspace under the content of model, images and prompts. Kept and looked up are the images of a
/// batch together, for in another batch an encoder may round differently, and a run that goes on would not give the bytes of an unbroken one.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="choices">Classes with their prompts.</param>
/// <param name="workspace">Where scores are kept.</param>
/// <param name="limits">Limits for decoding.</param>
/// <param name="environment">What it runs on, for provenance.</param>
/// <param name="timings">Takes the time of what is computed.</param>
internal sealed class StoredClassification(PlannedModel model, PromptChoices choices, Workspace workspace, ImageLimits limits, ExecutionEnvironment environment, RunTimings timings)
{
    /// <summary>Name of the work in timings; it is not there where all was kept.</summary>
    public const string Part = "classify";

    private const int AtOnce = 16;
    private static readonly string Product = typeof(StoredClassification).Assembly.GetName().Version!.ToString(3);

    /// <summary>Scores of images. What one image has wrong is said of it, and the others go on.</summary>
    /// <param name="items">The images.</param>
    /// <param name="progress">Told how many images are done, and of how many.</param>
    /// <param name="cancellationToken">Stops the work; batches that are done stay.</param>
    /// <exception cref="PellucidException">The prompts cannot be used, or scores cannot be kept.</exception>
    public async Task<IReadOnlyList<ImageScores>> RunAsync(IReadOnlyList<DatasetItem> items, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        PromptClassifier classifier = new(model.Model, await model.Texts.PromptsAsync(choices, cancellationToken));
        List<ImageScores> scores = [];
        foreach (DatasetItem[] batch in items.Chunk(AtOnce))
        {
            scores.AddRange(await BatchAsync(batch, classifier, cancellationToken));
            progress?.Report((scores.Count, items.Count));
        }

        return scores;
    }

    private async Task<ImageScores[]> BatchAsync(DatasetItem[] batch, PromptClassifier classifier, CancellationToken cancellationToken)
    {
        string[] hashes = new string[batch.Length];
        for (int i = 0; i < batch.Length; i++) hashes[i] = (await TryAsync(() => batch[i].Image.HashAsync(cancellationToken))).Value ?? "unreadable";
        string key = ContentKey.Of("pellucid/zero-shot/1", ("product", Product), ("contract", ContractVersion.Current), ("code", CodeIdentity.Host), ("model", model.Identity), ("prompts", choices.Identity), ("images", string.Join(' ', hashes)));
        double[]?[]? kept = (await workspace.Units.FindMetricsAsync([key], cancellationToken)).TryGetValue(key, out StoredMetric? stored) ? StoredJson.Read<double[]?[]>(stored.Detail) : null;
        ImageScores[] found = [.. (kept ?? new double[]?[batch.Length]).Select(s => new ImageScores(s, null))];
        HostTensor?[] pixels = new HostTensor?[batch.Length];
        for (int i = 0; i < batch.Length; i++)
        {
            if (found[i].Scores is null) (pixels[i], found[i]) = await LoadAsync(batch[i], cancellationToken);
        }

        // What was kept is whole, or what it lacks is still not to be had.
        if (kept is not null && pixels.All(p => p is null)) return found;
        for (int i = 0; i < batch.Length; i++)
        {
            if (found[i].Scores is not null) (pixels[i], found[i]) = await LoadAsync(batch[i], cancellationToken);
        }

        await timings.MeasureAsync(Part, () => ClassifyAsync([.. Enumerable.Range(0, batch.Length).Where(i => pixels[i] is not null)], pixels, classifier, found, cancellationToken));
        if (kept is not null) await workspace.Units.ForgetMetricsAsync([key], cancellationToken);
        await workspace.Units.AddMetricsAsync([new StoredMetric(key, key, null, StoredJson.Write(found.Select(f => f.Scores)), Provenance())], cancellationToken);
        return found;
    }

    private async Task<(HostTensor? Pixels, ImageScores Found)> LoadAsync(DatasetItem item, CancellationToken cancellationToken)
    {
        (HostTensor? pixels, string? problem) = await TryAsync(async () => model.Model.Prepare(await item.Image.LoadAsync(limits, cancellationToken)).Pixels);
        return (pixels, new ImageScores(null, problem));
    }

    /// <summary>Classifies in one run; where that fails, one by one, so that each shows what it is worth.</summary>
    private async Task<int> ClassifyAsync(int[] indices, HostTensor?[] pixels, PromptClassifier classifier, ImageScores[] found, CancellationToken cancellationToken)
    {
        if (indices.Length == 0) return 0;
        (HostTensor? scores, string? problem) = await TryAsync(() => classifier.ClassifyAsync(Batch([.. indices.Select(i => pixels[i]!)]), cancellationToken: cancellationToken));
        if (scores is null && indices.Length > 1)
        {
            foreach (int i in indices) await ClassifyAsync([i], pixels, classifier, found, cancellationToken);
            return indices.Length;
        }

        int classes = choices.Classes.Count;
        for (int i = 0; i < indices.Length; i++)
            found[indices[i]] = scores is null ? new ImageScores(null, problem) : new ImageScores([.. scores.Floats.Slice(i * classes, classes).ToArray().Select(s => (double)s)], null);
        return indices.Length;
    }

    private static HostTensor Batch(HostTensor[] pixels)
    {
        float[] all = new float[pixels.Sum(p => p.Length)];
        for (int i = 0; i < pixels.Length; i++) pixels[i].Floats.CopyTo(all.AsSpan(i * pixels[0].Length));
        return HostTensor.Of(all, pixels[0].Shape.With(0, pixels.Length));
    }

    private static async Task<(T? Value, string? Problem)> TryAsync<T>(Func<Task<T>> work)
        where T : class
    {
        try
        {
            return (await work(), null);
        }
        catch (PellucidException e)
        {
            return (null, e.Message);
        }
    }

    private string Provenance() => StoredJson.Write(new
    {
        pellucid = Product,
        contract = ContractVersion.Current,
        model = model.Id,
        modelSha256 = model.Model.Description.ContentHash,
        tokenizerSha256 = model.Model.Tokenizer.ContentHash,
        adapter = model.Adapter,
        classes = choices.Identity,
        device = environment.Device,
        deviceDetail = environment.DeviceDetail,
        engine = environment.Engine,
        threads = environment.Threads,
    });
}
