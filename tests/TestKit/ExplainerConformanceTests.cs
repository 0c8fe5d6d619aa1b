using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Host.Options;

namespace Pellucid.TestKit.Tests;

/// <summary>Every bundled explainer keeps the contract, by default and with its options turned.</summary>
public sealed class ExplainerConformanceTests(ConformanceScene scene) : IClassFixture<ConformanceScene>
{
    /// <summary>Further options; each explainer with its defaults comes by itself.</summary>
    private static readonly string[] Turned =
    [
        "grad-eclip(layers=2, similarity=cosine)",
        "grad-eclip(function=native, weight=one)",
        "grad-eclip(weight=softmax, text-layers=1)",
        "grad-eclip(blocks=[0, -1], text-blocks=[1], head=1, function=native)",
        "raw-attention(block=0, head=1)",
        "raw-attention(heads=single)",
        "attention-rollout(start=-1, text-start=-2)",
        "token-grad-cam(block=1, heads=single)",
        "game(start=-1, text-start=-1, logit=false)",
        "mask-clip(smoothing=patches)",
        "mask-clip(smoothing=class-token)",
        "clip-surgery(blocks=1, redundant=none, normalization=channel, templates=[\"a photo of {}.\", \"{}\"])",
        "interactions(block=1, text-block=0, steps=2)",
        "m2ib(layer=0, text-layer=0, steps=2, samples=3, causal=false)",
        "saliency(abs=false)",
        "integrated-gradients(steps=4, method=trapezoid, baseline=random)",
        "integrated-gradients(steps=auto, max-steps=32, baseline=blur)",
        "gradient-shap(samples=5, stdev=0, baselines=[black, blur, random])",
        "noise-tunnel(inner=saliency(abs=false), samples=3)",
        "noise-tunnel(inner=grad-eclip, samples=2, type=vargrad)",
        "feature-ablation(regions=superpixels, segments=12, compactness=20)",
        "noise-tunnel(inner=gradient-shap(samples=2), samples=2, type=smoothgrad-sq, relative=false, stdev=0.1)",
        "occlusion(window=24, window-width=20, window-channels=2, stride=16, stride-channels=1, fill=white)",
        "feature-ablation(patch=24, patch-width=32, fill=mean)",
        "shapley-sampling(patch=20, permutations=3, fill=black)",
        "kernel-shap(patch=0, samples=100)",
        "fixlip(patch=16, p=0.7, image-samples=60, text-samples=6, absent=padding, ridge=0.01)",
        "fixlip(regions=superpixels, segments=4, pairs=all, image-samples=40)",
        "lime(patch=16, samples=100, regression=lasso, alpha=0.0001, kernel=euclidean, width=40)",
        "layer-gradient-x-activation(layer=vision.blocks.2.ln_1, multiply=false)",
        "layer-grad-cam(layer=vision.blocks.2.ln_1, relu=true, interpolate=nearest)",
        "grad-cam(form=raw)",
        "ablation-cam(form=final)",
        "full-grad(scale=true)",
        "embedding-fusion(inner=saliency)",
        "embedding-fusion(inner=occlusion(window=32), elements=true)",
        "lrp(rule=gamma, gamma=0.5, epsilon=0.01, sum-epsilon=0, attention=cp-lrp)",
        "lrp(rule=alpha-beta, alpha=1, linear=epsilon, start=score)",
    ];

    /// <summary>Explainers whose defaults take many model evaluations, with fewer; those that refuse a transformer unless told otherwise.</summary>
    private static readonly Dictionary<string, string> Lighter = new(StringComparer.Ordinal)
    {
        ["kernel-shap"] = "kernel-shap(samples=40)",
        ["lime"] = "lime(samples=40)",
        ["rise"] = "rise(masks=40)",
        ["shapley-values"] = "shapley-values(patch=32)",
        ["expected-gradients"] = "expected-gradients(samples=6)",
        ["deep-lift"] = "deep-lift(unsupported=gradient, baseline=white)",
        ["layer-deep-lift"] = "layer-deep-lift(unsupported=gradient)",
    };

    /// <summary>They refuse the embedded model, which has no ReLU.</summary>
    private static readonly string[] NeedReLU = ["guided-backprop", "deconvolution", "guided-grad-cam"];

    [Fact]
    public async Task ExplainersOfReLURefuseAModelWithout()
    {
        foreach (string id in NeedReLU)
        {
            PellucidException refusal = await Assert.ThrowsAsync<PellucidException>(() => scene.Services.Explainers.Create(id).ExplainAsync(scene.Request));
            Assert.Matches("has no ReLU|has none", refusal.Message);
        }
    }

    [Fact]
    public async Task DeepLiftNamesWhatItHasNoRuleFor()
    {
        PellucidException refusal = await Assert.ThrowsAsync<PellucidException>(() => scene.Services.Explainers.Create("deep-lift").ExplainAsync(scene.Request));
        Assert.Matches("LayerNormalization.*Softmax", refusal.Message);
    }

    [Fact]
    public async Task BundledExplainersConform()
    {
        ExplainerFactory factory = scene.Services.Explainers;
        string[] specs = [.. factory.Explainers.Where(e => !ExplainerFactory.NeedsOptions(e) && !NeedReLU.Contains(e.Id)).Select(e => Lighter.GetValueOrDefault(e.Id, e.Id)), .. Turned];
        Assert.Contains("grad-eclip", specs);
        List<string> failures = [];
        foreach (string spec in specs)
        {
            ExplainerConfiguration configuration = factory.Parse(spec);
            ConformanceReport report = await ExplainerConformance.CheckAsync(
                () => factory.Create(configuration), configuration.Registration.OptionsType, scene.Request);
            failures.AddRange(report.Findings.Where(f => !f.Passed).Select(f => $"{spec}: {f}"));
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task GoodExplainerPassesAllChecks()
    {
        ConformanceReport report = await CheckAsync(Fault.None);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(10, report.Findings.Count);
        report.ThrowIfFailed();
    }

    [Theory]
    [InlineData(Fault.Nan, "the map is not finite")]
    [InlineData(Fault.NegativeUnsigned, "the map has negative values, but Signed is false")]
    [InlineData(Fault.SilentZeros, "Undefined does not say why")]
    [InlineData(Fault.TooFew, "there are 1 explanations for 2 targets")]
    [InlineData(Fault.WrongRank, "float32 [h, w] is needed")]
    [InlineData(Fault.WrongScore, "the model gives")]
    [InlineData(Fault.HiddenDrift, "the served model is said to be explained")]
    [InlineData(Fault.Unseeded, "gave other bytes")]
    [InlineData(Fault.MixesTargets, "is another when it is asked for alone")]
    [InlineData(Fault.WritesToPixels, "it wrote to the pixels")]
    [InlineData(Fault.IgnoresCancellation, "it ran to its end")]
    [InlineData(Fault.ProgressGoesBack, "it reported")]
    [InlineData(Fault.TakesAnyTarget, "CanExplain is true for a kind of target")]
    [InlineData(Fault.NeedsNothing, "Requires is None")]
    [InlineData(Fault.Throws, "it threw InvalidTimeZoneException: wrong zone")]
    public async Task FaultIsFound(Fault fault, string failure)
    {
        ConformanceReport report = await CheckAsync(fault);
        Assert.False(report.Passed);
        Assert.Contains(report.Findings, f => f.Failure?.Contains(failure, StringComparison.Ordinal) == true);
        Assert.Contains(failure, Assert.Throws<ConformanceException>(report.ThrowIfFailed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UndocumentedOptionsAreFound()
    {
        ConformanceReport report = await ExplainerConformance.CheckAsync(() => new FaultyExplainer(Fault.None), typeof(BareOptions), scene.Request);
        string failure = Assert.Single(report.Findings, f => !f.Passed).Failure!;
        Assert.Contains("Layers has no [Description]; the number Layers has no [Range]", failure, StringComparison.Ordinal);
    }

    private Task<ConformanceReport> CheckAsync(Fault fault) =>
        ExplainerConformance.CheckAsync(() => new FaultyExplainer(fault), typeof(Abstractions.Plugins.NoOptions), scene.Request with
        {
            // Its own copy: one of the faults is to write to it.
            Image = scene.Request.Image with { Pixels = Graphs.HostTensor.Of(scene.Request.Image.Pixels.Floats.ToArray(), scene.Request.Image.Pixels.Shape) },
        });

    private sealed record BareOptions
    {
        public int Layers { get; init; } = 1;
    }
}
