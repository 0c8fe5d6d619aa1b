using System.Numerics.Tensors;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Abstractions.Explanations;

/// <summary>
/// A class of a prompt set: the mean or largest score with its prompts (the PromptClassifier of Wang et al. 2022, MedCLIP), or the
/// softmax of these over the classes. All classes of a set share one run.
/// </summary>
/// <param name="Prompts">The set.</param>
/// <param name="Class">Index of the class in <see cref="PromptSet.Classes"/>.</param>
/// <param name="Form">Logit or probability.</param>
/// <param name="Score">Which score is ensembled; the published classifier takes <see cref="ScoreKind.Logit"/>.</param>
public sealed record ClassScoreTarget(PromptSet Prompts, int Class, ClassScore Form = ClassScore.Logit, ScoreKind Score = ScoreKind.Logit) : EmbeddingTarget
{
    /// <inheritdoc/>
    public override string Kind =>
        $"class-{Form.ToString().ToLowerInvariant()}/{Score.ToString().ToLowerInvariant()}/{Prompts.ContentHash}";

    /// <inheritdoc/>
    public override string Describe()
    {
        string prompts = $"{Prompts.Ensemble.ToString().ToLowerInvariant()} {Score.ToString().ToLowerInvariant()} over prompts";
        return $"{Form.ToString().ToLowerInvariant()} of class \"{Checked.Name}\" ({(Form == ClassScore.Probability ? $"softmax over {Prompts.Classes.Count} classes of the " : string.Empty)}{prompts})";
    }

    /// <inheritdoc/>
    public override float[] Parameters(int width)
    {
        _ = Checked;
        Prompts.RequireWidth(width);
        float[] oneHot = new float[Prompts.Classes.Count];
        oneHot[Class] = 1;
        return oneHot;
    }

    /// <inheritdoc/>
    public override Value Append(GraphBuilder g, IFusionRule fusion, Value embeds, Value parameters)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        ArgumentNullException.ThrowIfNull(embeds);
        Value prompts = g.Constant(Prompts.Grid());
        int classes = Prompts.Classes.Count;
        long count = prompts.Shape[0], width = prompts.Shape[1];

        // Every image with every prompt as rows of their own, for a fusion rule scores pairs of rows.
        Value images = g.Unsqueeze(embeds, 1), texts = g.Unsqueeze(prompts, 0);
        Value pairs = fusion.Score(
            g,
            g.Reshape(g.Add(images, g.Scale(g.ReduceSum(texts, [-1]), 0)), -1, width),
            g.Reshape(g.Add(texts, g.Scale(g.ReduceSum(images, [-1]), 0)), -1, width),
            Score);
        Value grid = g.Reshape(pairs, -1, classes, count / classes);
        Value scores = Prompts.Ensemble == PromptEnsemble.Max
            ? g.Emit("ReduceMax", [grid, g.Int64s(-1)], NodeAttributes.Of(("keepdims", false)))
            : g.ReduceSum(g.Mul(grid, g.Constant(Prompts.Shares())), [-1], keepDimensions: false);
        return g.ReduceSum(g.Mul(Form == ClassScore.Probability ? g.Softmax(scores) : scores, parameters), [-1], keepDimensions: false);
    }

    /// <inheritdoc/>
    public override ValueTask<float[]> EvaluateAsync(IFusionRule fusion, HostTensor embeds, CancellationToken cancellationToken = default)
    {
        _ = Checked;
        int width = (int)embeds.Shape[1];
        Prompts.RequireWidth(width);
        return Each(embeds, (e, start) =>
        {
            ReadOnlySpan<float> image = e.Floats.Slice(start, width);
            return Form == ClassScore.Logit ? Prompts.Score(fusion, image, Class, Score) : Softmax.Of<double>(Prompts.Scores(fusion, image, Score))[Class];
        });
    }

    /// <inheritdoc/>
    public override LinearForm? Linear(IFusionRule fusion, int width)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        if (Form != ClassScore.Logit || Score != ScoreKind.Linear) return null;
        PromptClass own = Checked;
        if (Prompts.Ensemble == PromptEnsemble.Max && own.Prompts.Count > 1) return null;
        float[] weights = new float[width];
        foreach (TextInput prompt in own.Prompts) TensorPrimitives.Add(weights, fusion.DimensionWeights(Fitting(prompt, width)), weights);
        TensorPrimitives.Divide(weights, own.Prompts.Count, weights);
        return new LinearForm(weights);
    }

    private PromptClass Checked => Class >= 0 && Class < Prompts.Classes.Count
        ? Prompts.Classes[Class]
        : throw new PellucidException($"class {Class} does not exist: the prompt set has classes 0 to {Prompts.Classes.Count - 1}");
}
