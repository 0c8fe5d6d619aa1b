using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.CaptumStyle.Rules.Relevance;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>The two rules of attention against their equations: one head, no biases, three tokens of two pixels.</summary>
public sealed class LrpAttentionTests
{
    private const int Tokens = 3, Width = 2;

    private static readonly HostTensor Query = SmallModel.Random(2, Width, Width), Key = SmallModel.Random(3, Width, Width), Values = SmallModel.Random(4, Width, Width);

    [Theory]
    [InlineData(AttentionRule.AttnLrp)]
    [InlineData(AttentionRule.CpLrp)]
    public async Task Relevance_is_that_of_the_propositions(AttentionRule rule)
    {
        using SmallModel model = Model();
        Explanation e = (await model.ExplainAsync(
            LrpTests.Lrp(model, new LrpOptions { Attention = rule, Epsilon = 1e-12, SumEpsilon = 1e-12 }), new EmbeddingDimensionTarget(1)))[0];
        double[] expected = Reference(LrpTests.Doubles(model.Pixels), rule);
        LrpTests.AssertClose([.. expected.Select(v => (float)v)], e.Image!.Elements!.Floats.ToArray(), 1e-4);
        Assert.Equal(e.Score - expected.Sum(), e.Details[LrpExplainer.Delta].Floats[0], 1e-4);
        if (rule == AttentionRule.CpLrp) Assert.Equal(0, e.Details[LrpExplainer.Delta].Floats[0], 1e-5);
    }

    [Fact]
    public async Task Normalization_and_activation_conserve_relevance()
    {
        HostTensor ones = HostTensor.Of([1f, 1f, 1f, 1f, 1f, 1f], 6L), zeros = HostTensor.Of(new float[6], 6L);
        using var model = new SmallModel(1, 2, 3, (g, x) =>
        {
            Value y = g.LayerNorm(g.Reshape(x, -1, 6), g.Constant(ones), g.Constant(zeros), 1e-5f);
            y = g.QuickGelu(g.MatMul(y, g.Constant(SmallModel.Random(7, 6, 5))));
            return g.MatMul(g.Gelu(g.MatMul(y, g.Constant(SmallModel.Random(8, 5, 5)))), g.Constant(SmallModel.Random(9, 5, 4)));
        });
        Explanation e = (await model.ExplainAsync(LrpTests.Lrp(model, new LrpOptions { Epsilon = 1e-9 }), new EmbeddingDimensionTarget(1)))[0];
        Assert.NotEqual(0, e.Score);
        Assert.Equal(0, e.Details[LrpExplainer.Delta].Floats[0], 1e-4 * Math.Abs(e.Score));
    }

    private static SmallModel Model() => new(1, Tokens, Width, (g, x) =>
    {
        Value tokens = g.Reshape(x, -1, Tokens, Width);
        (Value output, _) = g.ScaledDotProduct(g.MatMul(tokens, g.Constant(Query)), g.MatMul(tokens, g.Constant(Key)), g.MatMul(tokens, g.Constant(Values)), heads: 1);
        return g.Reshape(g.SelectToken(output, 0), -1, Width);
    });

    /// <summary>Element 1 of token 0 of the output, whose relevance is its value.</summary>
    private static double[] Reference(double[] x, AttentionRule rule)
    {
        double[] Token(int t) => [x[t * Width], x[(t * Width) + 1]];
        double[] Project(HostTensor w, int t) => RelevanceReference.Forward(Token(t), LrpTests.Matrix(w), new double[Width]);
        double scale = 1 / Math.Sqrt(Width);
        double[] q = Project(Query, 0);
        double[][] k = [.. Enumerable.Range(0, Tokens).Select(t => Project(Key, t))], v = [.. Enumerable.Range(0, Tokens).Select(t => Project(Values, t))];
        double[] scores = [.. k.Select(key => scale * q.Zip(key, (a, b) => a * b).Sum())];
        double total = scores.Sum(Math.Exp);
        double[] s = [.. scores.Select(a => Math.Exp(a) / total)];

        double half = rule == AttentionRule.AttnLrp ? 0.5 : 1;
        double[][] ofValues = [.. v.Select((value, t) => new[] { 0, half * s[t] * value[1] })];
        double[] ofProbabilities = [.. v.Select((value, t) => rule == AttentionRule.AttnLrp ? half * s[t] * value[1] : 0)];
        double[] ofScores = [.. scores.Select((a, t) => a * (ofProbabilities[t] - (s[t] * ofProbabilities.Sum())))];
        double[] ofQuery = [.. q.Select((a, d) => Enumerable.Range(0, Tokens).Sum(t => 0.5 * scale * a * k[t][d] / scores[t] * ofScores[t]))];
        double[][] ofKeys = [.. k.Select((key, t) => key.Select((a, d) => 0.5 * scale * q[d] * a / scores[t] * ofScores[t]).ToArray())];

        double[] result = new double[x.Length];
        for (int t = 0; t < Tokens; t++)
        {
            double[] Through(HostTensor w, double[] relevance) => RelevanceReference.Epsilon(Token(t), LrpTests.Matrix(w), new double[Width], relevance, 1e-12);
            double[] parts = [.. Through(Values, ofValues[t]).Zip(Through(Key, ofKeys[t]), (a, b) => a + b)];
            if (t == 0) parts = [.. parts.Zip(Through(Query, ofQuery), (a, b) => a + b)];
            parts.CopyTo(result, t * Width);
        }

        return result;
    }
}
