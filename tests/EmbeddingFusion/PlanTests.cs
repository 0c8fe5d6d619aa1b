using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.EmbeddingFusion.Tests;

/// <summary>One run of the weighted sum, and the weighted sum of the maps of all dimensions: equal for every explainer that says it is linear.</summary>
public sealed class PlanTests(FusionScene scene) : IClassFixture<FusionScene>
{
    /// <summary>Of the largest value of a map: float rounding of a sum over all dimensions.</summary>
    private const float Rounding = 1e-4f;

    public static TheoryData<string> Linear =>
    [
        "saliency(abs=false)",
        "input-x-gradient",
        "integrated-gradients(steps=4, baseline=random)",
        "integrated-gradients(steps=3, multiply=false)",
        "gradient-shap(samples=4, baselines=[black, random])",
        "noise-tunnel(inner=input-x-gradient, samples=3)",
        "noise-tunnel(inner=gradient-shap(samples=2), samples=2)",
        "occlusion(window=24, stride=16)",
        "feature-ablation(patch=24)",
        "shapley-sampling(patch=32, permutations=2)",
        "shapley-values(patch=32)",
        "kernel-shap(patch=24, samples=40)",
        "lime(patch=24, samples=40)",
        "rise(masks=30)",
        "layer-gradient-x-activation",
        "layer-grad-cam(interpolate=bilinear)",
        "grad-cam(form=raw)",
        "xgrad-cam(form=raw)",
        "lrp",
        "lrp(rule=gamma, attention=cp-lrp)",
    ];

    [Theory]
    [MemberData(nameof(Linear))]
    public async Task BothPlansAreEqual(string inner)
    {
        IReadOnlyList<Explanation> fused = await scene.ExplainAsync($"embedding-fusion(inner={inner}, plan=fused, elements=true)");
        IReadOnlyList<Explanation> maps = await scene.ExplainAsync($"embedding-fusion(inner={inner}, plan=maps, elements=true, batch=7)");
        for (int k = 0; k < fused.Count; k++)
        {
            RequireEqual(fused[k].Image!.Map, maps[k].Image!.Map);
            Assert.Equal(fused[k].Image!.Elements is null, maps[k].Image!.Elements is null);
            if (fused[k].Image!.Elements is { } elements) RequireEqual(elements, maps[k].Image!.Elements!);
            Assert.Equal(fused[k].Score, maps[k].Score, 1e-4 * Math.Abs(fused[k].Score));
            Assert.Equal(0, maps[k].Drift, 1e-4 * Math.Abs(fused[k].Score));
        }
    }

    [Theory]
    [InlineData("saliency")]
    [InlineData("integrated-gradients(steps=auto)")]
    [InlineData("noise-tunnel(inner=saliency)")]
    [InlineData("noise-tunnel(inner=saliency(abs=false), type=vargrad)")]
    [InlineData("grad-cam")]
    [InlineData("layer-grad-cam(relu=true)")]
    [InlineData("layer-activation")]
    [InlineData("lime(regression=lasso)")]
    [InlineData("lrp(start=score)")]
    [InlineData("random")]
    [InlineData("grad-eclip")]
    public void OneRunIsRefusedWhereItWouldBeAnotherMap(string inner)
    {
        PellucidException refusal = Assert.Throws<PellucidException>(() => scene.Services.Explainers.Create($"embedding-fusion(inner={inner}, plan=fused)"));
        Assert.Contains("not linear in the target", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("plan=maps", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneRunHasTheConvergenceDeltaOfTheInnerExplainer()
    {
        Explanation fused = (await scene.ExplainAsync("embedding-fusion(inner=integrated-gradients(steps=4), plan=fused)"))[1];
        Explanation alone = (await scene.ExplainAsync("integrated-gradients(steps=4)"))[1];
        float delta = alone.Details["convergence_delta"].Floats[0];
        Assert.NotEqual(0, delta);
        Assert.Equal(delta, fused.Details["convergence_delta"].Floats[0], 1e-3f * Math.Abs(delta));
    }

    [Fact]
    public async Task WarningsOfTheInnerExplainerAreToldFromComputedAndFromKeptMaps()
    {
        const string Spec = "embedding-fusion(inner=integrated-gradients(steps=auto, max-steps=16, tolerance=1E-05))";
        Explanation computed = (await scene.ExplainAsync(Spec))[0], kept = (await scene.ExplainAsync(Spec))[0];
        Assert.Matches($"^maps of [0-9]+ of {scene.Dimensions} embedding dimensions have a warning; of dimension [0-9]+: after 16 steps the convergence delta is still ", computed.Warning);
        Assert.Equal(computed.Warning, kept.Warning);
        Assert.Null((await scene.ExplainAsync("embedding-fusion(inner=saliency)"))[0].Warning);
    }

    [Fact]
    public async Task AbsoluteSaliencyGetsAllMapsByItselfAndDiffersFromOneRun()
    {
        Explanation fused = (await scene.ExplainAsync("embedding-fusion(inner=saliency)"))[0];
        Explanation asked = (await scene.ExplainAsync("embedding-fusion(inner=saliency, plan=maps, batch=5)"))[0];
        Explanation scalar = (await scene.ExplainAsync("saliency"))[0];
        Assert.Contains("plan maps: the inner explainer is not linear in the target", fused.ExplainedFunction, StringComparison.Ordinal);
        RequireEqual(asked.Image!.Map, fused.Image!.Map);
        Assert.True(fused.Image.Signed);
        Assert.True(TensorPrimitives.Distance<float>(fused.Image.Map.Floats, scalar.Image!.Map.Floats) > 0.3 * TensorPrimitives.Norm<float>(scalar.Image.Map.Floats));
    }

    [Fact]
    public async Task TheMapIsThatOfTheLinearScoreWhateverIsAskedFor()
    {
        var cosine = scene.Request with { Targets = [.. scene.Request.Targets.Select(t => (MatchingScoreTarget)t with { Score = ScoreKind.Cosine })] };
        foreach (string plan in new[] { "fused", "maps" })
        {
            string spec = $"embedding-fusion(inner=saliency(abs=false), plan={plan})";
            Explanation asked = (await scene.ExplainAsync(spec, cosine))[1], linear = (await scene.ExplainAsync(spec))[1];
            Assert.Equal(linear.Image!.Map.Floats, asked.Image!.Map.Floats);
            Assert.Equal(linear.ExplainedScore, asked.ExplainedScore);
            Assert.InRange(asked.Score, -1, 1);
            Assert.StartsWith("the linear score tau <T, I_p>, of the served model (plan ", asked.ExplainedFunction, StringComparison.Ordinal);
            Assert.StartsWith("the served model (plan ", linear.ExplainedFunction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnyTargetThatIsAWeightedSumOfDimensionsIsFused()
    {
        TextInput[] texts = [.. scene.Request.Targets.Select(t => ((MatchingScoreTarget)t).Text)];
        ExplanationTarget[] targets =
        [
            new ContrastTarget(texts[0], texts[1]),
            new ContrastTarget(texts[0], texts[1], ScoreKind.Linear),
            new EmbeddingDimensionTarget(3),
        ];
        foreach (ExplanationTarget target in targets)
        {
            ExplanationRequest request = scene.Request with { Targets = [target] };
            Explanation fused = (await scene.ExplainAsync("embedding-fusion(inner=input-x-gradient, plan=fused)", request))[0];
            Explanation maps = (await scene.ExplainAsync("embedding-fusion(inner=input-x-gradient, plan=maps)", request))[0];
            RequireEqual(fused.Image!.Map, maps.Image!.Map);
            Assert.Equal(fused.Score, maps.Score, 1e-4);
            Assert.Equal(fused.ExplainedScore, maps.ExplainedScore, 1e-3 * Math.Max(1, Math.Abs(fused.ExplainedScore)));
        }

        IReadOnlyList<Explanation> one = await scene.ExplainAsync("input-x-gradient");
        float[] difference = new float[one[0].Image!.Map.Length];
        TensorPrimitives.Subtract(one[0].Image!.Map.Floats, one[1].Image!.Map.Floats, difference);
        Explanation contrast = (await scene.ExplainAsync("embedding-fusion(inner=input-x-gradient)", scene.Request with { Targets = [targets[0]] }))[0];
        RequireEqual(HostTensor.Of(difference, one[0].Image!.Map.Shape), contrast.Image!.Map);
    }

    [Fact]
    public async Task AConstantOfTheTargetIsLeftOut()
    {
        var target = new OneMoreThan(((MatchingScoreTarget)scene.Request.Targets[0]).Text, 100);
        foreach (string plan in new[] { "fused", "maps" })
        {
            // RISE sees constants: its masks are weighted with the values themselves.
            string spec = $"embedding-fusion(inner=rise(masks=20), plan={plan})";
            Explanation with = (await scene.ExplainAsync(spec, scene.Request with { Targets = [target] }))[0], without = (await scene.ExplainAsync(spec))[0];
            RequireEqual(without.Image!.Map, with.Image!.Map);
            Assert.Equal(100, with.Drift, 1e-2);
            Assert.StartsWith("the target without its constant", with.ExplainedFunction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ATargetThatIsNoTextIsRefused()
    {
        IExplainer explainer = scene.Services.Explainers.Create("embedding-fusion(inner=saliency)");
        Assert.False(explainer.CanExplain(new Unknown()));
        await Assert.ThrowsAsync<PellucidException>(() => explainer.ExplainAsync(scene.Request with { Targets = [new Unknown()] }));
    }

    [Fact]
    public void AnInnerExplainerIsNeeded() =>
        Assert.Contains("inner", Assert.ThrowsAny<PellucidException>(() => scene.Services.Explainers.Create("embedding-fusion(plan=maps)").Requires).Message, StringComparison.Ordinal);

    internal static void RequireEqual(HostTensor expected, HostTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(expected.Floats)), worst = 0;
        Assert.True(largest > 0);
        for (int i = 0; i < expected.Length; i++) worst = Math.Max(worst, Math.Abs(expected.Floats[i] - actual.Floats[i]));
        Assert.True(worst <= Rounding * largest, $"{worst / largest} of the largest value");
    }

    private sealed record OneMoreThan(TextInput Text, double Constant) : EmbeddingTarget
    {
        private readonly MatchingScoreTarget _score = new(Text, ScoreKind.Linear);

        public override string Kind => "test/one-more-than";

        public override string Describe() => "a score and a constant";

        public override float[] Parameters(int width) => _score.Parameters(width);

        public override Value Append(GraphBuilder g, IFusionRule fusion, Value embeds, Value parameters) => _score.Append(g, fusion, embeds, parameters);

        public override async ValueTask<float[]> EvaluateAsync(IFusionRule fusion, HostTensor embeds, CancellationToken cancellationToken = default) =>
            [.. (await _score.EvaluateAsync(fusion, embeds, cancellationToken)).Select(v => (float)(v + Constant))];

        public override LinearForm Linear(IFusionRule fusion, int width) => new(_score.Linear(fusion, width)!.Weights, Constant);
    }

    private sealed record Unknown : ExplanationTarget
    {
        public override string Kind => "unknown";

        public override string Describe() => "something else";
    }
}
