using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Prompts;
using Pellucid.Host.Classifying;

namespace Pellucid.Host.Reproduce;

/// <summary>How well the model tells the classes apart without training: the AUROC of the mean logit over a class's prompts.</summary>
/// <param name="Images">Images that were classified.</param>
/// <param name="Classes">By class.</param>
/// <param name="Failures">Images that could not be classified, with reasons; they count in no class.</param>
public sealed record ZeroShot(int Images, IReadOnlyList<ClassAccuracy> Classes, IReadOnlyList<(string Item, string Why)> Failures)
{
    /// <summary>Mean over the classes that have one; null where none has.</summary>
    public double? Mean => Classes.Any(c => c.Auroc is not null) ? Classes.Where(c => c.Auroc is not null).Average(c => c.Auroc) : null;

    /// <summary>Compares scores with labels.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="items">The images.</param>
    /// <param name="scores">For each image a score a class, or why there is none.</param>
    internal static ZeroShot Of(IReadOnlyList<PromptTexts> classes, IReadOnlyList<DatasetItem> items, IReadOnlyList<ImageScores> scores)
    {
        (DatasetItem Item, IReadOnlyList<double> Scores)[] known = [.. items.Zip(scores).Where(i => i.Second.Scores is not null).Select(i => (i.First, i.Second.Scores!))];
        return new ZeroShot(
            known.Length,
            [.. classes.Select((c, k) => Accuracy(c.Name, [.. known.Select(i => i.Scores[k])], [.. known.Select(i => (bool?)i.Item.Labels.Contains(c.Name, StringComparer.Ordinal))]))],
            [.. items.Zip(scores).Where(i => i.Second.Problem is not null).Select(i => (i.First.Id, i.Second.Problem!))]);
    }

    private static ClassAccuracy Accuracy(string name, double[] scores, bool?[] labels) =>
        new(name, labels.Count(l => l == true), labels.Count(l => l == false), Auroc.Of(scores, labels));
}
