using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.TestKit;

/// <summary>Scores are the model's own, and an explanation of another function says so.</summary>
internal static class ScoreChecks
{
    /// <summary>Float32 rounding of two ways to the same score, relative to 1 + its size.</summary>
    private const double Tolerance = 1e-4;

    public static async Task<string?> CheckAsync(ExplanationRequest request, IReadOnlyList<Explanation> explanations, CancellationToken cancellationToken)
    {
        HostTensor image = await request.Model.EmbedImagesAsync(request.Image.Pixels, cancellationToken);
        foreach (Explanation explanation in explanations)
        {
            string where = explanation.Target.Describe();
            if (!double.IsFinite(explanation.Score) || !double.IsFinite(explanation.ExplainedScore)) return $"{where}: a score is not finite";
            if (string.IsNullOrWhiteSpace(explanation.ExplainedFunction)) return $"{where}: ExplainedFunction does not say which function was explained";
            if (explanation.ExplainedFunction == "the served model" && !Near(explanation.Score, explanation.ExplainedScore))
                return $"{where}: the served model is said to be explained, but the explained score is {explanation.ExplainedScore} and the served one {explanation.Score}";
            if (explanation.Target is not EmbeddingTarget target) continue;
            double score = (await target.EvaluateAsync(request.Model.Fusion, image, cancellationToken))[0];
            if (!Near(score, explanation.Score)) return $"{where}: Score is {explanation.Score}, the model gives {score}";
        }

        return null;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Tolerance * (1 + Math.Abs(a));
}
