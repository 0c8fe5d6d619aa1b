using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>From a fitted game to an explanation.</summary>
internal static class FixlipExplanation
{
    /// <summary>The explanation, in units of the target's score.</summary>
    public static Explanation Of(MatchingScoreTarget target, double score, FaithfulInteractions fit, FeatureMask mask, ImageSize size, double faithfulness)
    {
        float[] map = mask.SpreadPixels(fit.RegionValues());
        double[][] words = [.. fit.Words.Select((_, j) => fit.Cross.Select(row => row[j]).ToArray())];
        var details = new Dictionary<string, HostTensor>(StringComparer.Ordinal)
        {
            [Explanation.InteractionsDetail] = mask.Grid is { } grid
                ? Tensor(words).Reshape(words.Length, grid.Rows, grid.Columns)
                : HostTensor.Of([.. words.SelectMany(w => mask.SpreadPixels(w))], words.Length, size.Height, size.Width),
            ["region-interactions"] = Tensor(words),
            ["region-values"] = Tensor(fit.RegionValues()),
            ["word-values"] = Tensor(fit.WordValues()),
            ["region-terms"] = Tensor(fit.Regions),
            ["word-terms"] = Tensor(fit.Words),
            ["intercept"] = Tensor([fit.Intercept]),
            ["faithfulness"] = Tensor([faithfulness]),
        };
        if (fit.RegionPairs is { } regions) details["region-pairs"] = Tensor(regions);
        if (fit.WordPairs is { } pairs) details["word-pairs"] = Tensor(pairs);
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score,
            ExplainedFunction = Attribution.ServedModel,
            Image = new ImageAttribution
            {
                Map = HostTensor.Of(map, size.Height, size.Width),
                Signed = true,
                Undefined = map.AsSpan().ContainsAnyExcept(0f) ? null : "no change of the image changes the score",
            },
            Text = Words(target.Text.Tokens, fit.WordValues()),
            Details = details,
        };
    }

    /// <summary>A word's tokens share its value, so that they sum to it.</summary>
    private static TokenAttribution Words(TokenizedText text, double[] values)
    {
        float[] signed = new float[text.Ids.Count];
        for (int w = 0; w < values.Length; w++)
        {
            TextWord word = text.Words[w];
            signed.AsSpan(word.FirstToken, word.TokenCount).Fill((float)(values[w] / word.TokenCount));
        }

        float[] importances = new float[Math.Max(0, text.Length - 2)];
        TensorPrimitives.Max(signed.AsSpan(1, importances.Length), 0f, importances);
        float sum = TensorPrimitives.Sum<float>(importances);
        if (sum > 0) TensorPrimitives.Divide(importances, sum, importances);
        return new TokenAttribution
        {
            Tokens = text,
            Importances = importances,
            Signed = signed,
            Undefined = sum > 0 ? null : "no word speaks for this match: every value is zero or negative",
        };
    }

    private static HostTensor Tensor(double[] values) => HostTensor.Of(Array.ConvertAll(values, v => (float)v), values.Length);

    private static HostTensor Tensor(double[][] rows) =>
        HostTensor.Of([.. rows.SelectMany(r => r.Select(v => (float)v))], rows.Length, rows[0].Length);
}
