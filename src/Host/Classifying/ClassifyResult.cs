using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;

namespace Pellucid.Host.Classifying;

/// <summary>What a classification found.</summary>
/// <param name="Spec">What was asked.</param>
/// <param name="Model">The model.</param>
/// <param name="Environment">What it was computed on.</param>
/// <param name="Prompts">The classes.</param>
/// <param name="Images">Image files, in order, with their SHA-256.</param>
/// <param name="Scores">[images, classes].</param>
/// <param name="Classes">How well each class is told from the others; null without labels.</param>
public sealed record ClassifyResult(
    ClassifyJobSpec Spec, ModelDescription Model, ExecutionEnvironment Environment, PromptSet Prompts, IReadOnlyList<(string File, string Hash)> Images, HostTensor Scores,
    IReadOnlyList<ClassAccuracy>? Classes)
{
    /// <summary>Mean area over the classes that have one; null where none has.</summary>
    public double? MeanAuroc => Classes?.Any(c => c.Auroc is not null) == true ? Classes.Where(c => c.Auroc is not null).Average(c => c.Auroc) : null;

    /// <summary>Index of the class with the largest score.</summary>
    public int Best(int image)
    {
        int classes = Prompts.Classes.Count;
        return System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(Scores.Floats.Slice(image * classes, classes));
    }
}
