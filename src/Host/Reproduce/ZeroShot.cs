using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Host.Classifying;
using Pellucid.Host.Datasets;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Reproduce;

/// <summary>How well the model tells the classes apart without training: the AUROC of the mean logit over a class's prompts.</summary>
/// <param name="Images">Images that were classified.</param>
/// <param name="Classes">By class.</param>
public sealed record ZeroShot(int Images, IReadOnlyList<ClassAccuracy> Classes)
{
    private const int AtOnce = 16;

    /// <summary>Mean over the classes that have one; null where none has.</summary>
    public double? Mean => Classes.Any(c => c.Auroc is not null) ? Classes.Where(c => c.Auroc is not null).Average(c => c.Auroc) : null;

    /// <summary>Classifies images.</summary>
    /// <param name="model">The model.</param>
    /// <param name="classes">Classes with their prompts.</param>
    /// <param name="items">Images with labels.</param>
    /// <param name="limits">Limits for decoding.</param>
    /// <param name="progress">Told how many images are done, and of how many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">An image or a prompt cannot be used.</exception>
    public static async Task<ZeroShot> RunAsync(
        IVisionLanguageModel model, IReadOnlyList<PromptTexts> classes, IReadOnlyList<DatasetItem> items, ImageLimits limits, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(items);
        PromptSet prompts = await model.PreparePromptsAsync(classes, PromptEnsemble.Mean, PromptPadding.None, cancellationToken);
        PromptClassifier classifier = new(model, prompts);
        double[][] scores = [.. classes.Select(_ => new double[items.Count])];
        int done = 0;
        foreach (DatasetItem[] some in items.Chunk(AtOnce))
        {
            List<HostTensor> pixels = [];
            foreach (DatasetItem item in some) pixels.Add(model.Prepare(await item.Image.LoadAsync(limits, cancellationToken)).Pixels);
            float[] all = new float[pixels.Sum(p => p.Length)];
            for (int i = 0; i < pixels.Count; i++) pixels[i].Floats.CopyTo(all.AsSpan(i * pixels[0].Length));
            HostTensor found = await classifier.ClassifyAsync(HostTensor.Of(all, pixels[0].Shape.With(0, pixels.Count)), cancellationToken: cancellationToken);
            for (int i = 0; i < some.Length; i++)
            {
                for (int c = 0; c < classes.Count; c++) scores[c][done + i] = found.Floats[(i * classes.Count) + c];
            }

            progress?.Report((done += some.Length, items.Count));
        }

        return new ZeroShot(items.Count, [.. classes.Select((c, k) => Accuracy(c.Name, scores[k], items))]);
    }

    private static ClassAccuracy Accuracy(string name, double[] scores, IReadOnlyList<DatasetItem> items)
    {
        bool?[] labels = [.. items.Select(i => (bool?)i.Labels.Contains(name, StringComparer.Ordinal))];
        return new ClassAccuracy(name, labels.Count(l => l == true), labels.Count(l => l == false), Auroc.Of(scores, labels));
    }
}
