using System.Text.RegularExpressions;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;

namespace Pellucid.Host.Verification.Suites;

/// <summary>
/// Scores of all images with all texts: those of the served model from its embeddings, those of the function that Grad-ECLIP
/// explains from its explanations.
/// </summary>
internal sealed partial class ClipScores(SuiteManifest manifest, SuiteRun run, ReferenceModel model)
{
    private float[]? _cosines;
    private float[]? _logits;

    private int Images => model.ImageCount;

    private int Texts => model.Texts.Count;

    /// <summary>Computes and compares a case.</summary>
    public async Task ComputeAsync(ManifestCase c, CancellationToken cancellationToken)
    {
        if (Compute(c, cancellationToken) is { } compute) await run.ComputeAsync(manifest, c, compute);
        else if (Explained().Match(c.LastPart) is { Success: true } match) await ComputeExplainedAsync(c, match.Groups["side"].Value == "text", cancellationToken);
        else run.NotImplemented(c.Id, c.Method, $"the score '{c.LastPart}' is not known");
    }

    private Func<Task<Computed>>? Compute(ManifestCase c, CancellationToken cancellationToken) => c.LastPart switch
    {
        "cosine" => async () => Matrix(await CosinesAsync(cancellationToken)),
        "logits" => async () => Matrix(await LogitsAsync(cancellationToken)),
        "softmax_over_texts" => async () => Matrix(SoftmaxOverTexts(await LogitsAsync(cancellationToken))),
        "softmax_over_images" => async () => Matrix(Transpose(SoftmaxRows(Transpose(await LogitsAsync(cancellationToken), Images, Texts), Images), Texts, Images)),
        _ when c.ImageIndex is { } i && c.TextIndex is { } t && Pair().IsMatch(c.LastPart) => async () =>
        {
            (_, _) = (model.Image(i), model.Text(t));
            int at = (i * Texts) + t;
            float cosine = (await CosinesAsync(cancellationToken))[at], logit = (await LogitsAsync(cancellationToken))[at];
            return new Computed(HostTensor.Of([cosine, logit, SoftmaxOverTexts(await LogitsAsync(cancellationToken))[at]], 3));
        },
        _ => null,
    };

    /// <summary>The cosine in the function that Grad-ECLIP explains: each image with all texts in one request.</summary>
    private async Task ComputeExplainedAsync(ManifestCase c, bool text, CancellationToken cancellationToken)
    {
        int? heads = (model.Model as IGraphModel)?.Layout(text ? Modality.Text : Modality.Image)?.Heads;
        SpecMapping mapping = ExplainerSpecs.Map(text ? "grad_eclip_text" : "grad_eclip_image", c, heads);
        if (mapping.Spec is null)
        {
            run.NotImplemented(c.Id, c.Method, mapping.Reason!);
            return;
        }

        await run.ComputeAsync(manifest, c, async () =>
        {
            float[] scores = new float[Images * Texts];
            ExplanationTarget[] targets = [.. model.Texts.Select(t => new MatchingScoreTarget(t))];
            for (int i = 0; i < Images; i++)
            {
                IReadOnlyList<Explanation> explanations = await run.Explainer(mapping.Spec).ExplainAsync(
                    new ExplanationRequest { Model = model.Model, Image = model.Image(i), Targets = targets, ExplainText = text }, cancellationToken);
                for (int t = 0; t < Texts; t++) scores[(i * Texts) + t] = (float)(text ? explanations[t].ExplainedTextScore!.Value : explanations[t].ExplainedScore);
            }

            return Matrix(scores);
        });
    }

    private async Task<float[]> CosinesAsync(CancellationToken cancellationToken) => _cosines ??= await ScoresAsync(ScoreKind.Cosine, cancellationToken);

    private async Task<float[]> LogitsAsync(CancellationToken cancellationToken) => _logits ??= await ScoresAsync(ScoreKind.Logit, cancellationToken);

    private async Task<float[]> ScoresAsync(ScoreKind kind, CancellationToken cancellationToken)
    {
        float[] scores = new float[Images * Texts];
        for (int i = 0; i < Images; i++)
        {
            for (int t = 0; t < Texts; t++) scores[(i * Texts) + t] = (float)await model.ValueAsync(i, new MatchingScoreTarget(model.Text(t), kind), cancellationToken);
        }

        return scores;
    }

    private Computed Matrix(float[] scores) => new(HostTensor.Of(scores, Images, Texts));

    private float[] SoftmaxOverTexts(float[] logits) => SoftmaxRows(logits, Texts);

    private static float[] SoftmaxRows(float[] rows, int width)
    {
        float[] result = new float[rows.Length];
        for (int start = 0; start < rows.Length; start += width) Softmax.Of<float>(rows.AsSpan(start, width)).CopyTo(result.AsSpan(start));
        return result;
    }

    private static float[] Transpose(float[] matrix, int rows, int columns)
    {
        float[] result = new float[matrix.Length];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++) result[(c * rows) + r] = matrix[(r * columns) + c];
        }

        return result;
    }

    [GeneratedRegex("^p\\d+(_\\d+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pair();

    [GeneratedRegex("^(?<side>image|text)_cosine_(singlehead|multihead)_n\\d+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Explained();
}
