using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Host.Data;
using Pellucid.Host.Models;
using Pellucid.Modeling.Prompts;

namespace Pellucid.Host.Classifying;

/// <summary>Classifies images by prompts. Prompts, labels and file names are checked before the model is loaded.</summary>
public sealed class ClassifyJob(HostServices services, ModelLocator models)
{
    /// <summary>Runs a job.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="progress">Told how many images are done, and of how many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">An input cannot be used.</exception>
    public async Task<ClassifyResult> RunAsync(ClassifyJobSpec spec, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        IReadOnlyList<string> images = ImageArguments.Find(spec.Images);
        IReadOnlyList<PromptTexts> texts = PromptFile.Read(OwnPrompts(spec.Model, spec.Prompts));
        LabelTable? labels = spec.Labels is null ? null : LabelTable.Read(spec.Labels);
        labels?.RequireClasses([.. texts.Select(t => t.Name)]);
        bool?[][]? known = labels is null ? null : [.. texts.Select(t => labels.Of(images, t.Name))];

        IVisionLanguageModel model = await models.LoadAsync(spec.Model, cancellationToken);
        PromptSet prompts = await model.PreparePromptsAsync(texts, spec.Ensemble, spec.Padding, cancellationToken);
        (HostTensor embeds, IReadOnlyList<string> hashes) = await ImageEmbeddings.OfFilesAsync(model, images, spec.ImageLimits, progress, cancellationToken);
        var classifier = new PromptClassifier(model, prompts);
        HostTensor scores = classifier.Classify(embeds, spec.Probabilities);
        return new ClassifyResult(
            spec, model.Description, services.Runner.Environment, prompts, [.. images.Zip(hashes)], scores,
            known is null ? null : [.. known.Select((k, c) => Accuracy(prompts.Classes[c].Name, scores, c, k))]);
    }

    /// <summary>The prompts file that is named, or the one in the model's folder.</summary>
    /// <exception cref="PellucidException">None is named, and the model brings none.</exception>
    public static string OwnPrompts(ModelSource model, string? named)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (named is not null) return named;
        string folder = Directory.Exists(model.Path) ? model.Path : Path.GetDirectoryName(model.Path)!;
        string own = Path.Combine(folder, PromptFile.FileName);
        return File.Exists(own) ? own : throw new PellucidException($"model '{model.Id}' brings no {PromptFile.FileName}: name a file of classes and prompts with --prompts");
    }

    private static ClassAccuracy Accuracy(string name, HostTensor scores, int column, bool?[] labels)
    {
        int classes = (int)scores.Shape[1];
        double[] values = new double[labels.Length];
        for (int i = 0; i < values.Length; i++) values[i] = scores.Floats[(i * classes) + column];
        return new ClassAccuracy(name, labels.Count(l => l == true), labels.Count(l => l == false), Auroc.Of(values, labels));
    }
}
