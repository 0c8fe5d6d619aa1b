using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Rules;

namespace Pellucid.Plugins.CaptumStyle.Tests;

public sealed class DeepLiftTests
{
    [Theory]
    [InlineData("Relu", 0)]
    [InlineData("LeakyRelu", 0)]
    [InlineData("Gelu", 0)]
    [InlineData("Sigmoid", 0)]
    [InlineData("Relu", 2)]
    public async Task Attributions_sum_to_the_difference_of_the_scores(string activation, int pool)
    {
        using var net = new SmallConvNet(activation, pool);
        IReadOnlyList<Explanation> explanations = await new DeepLiftExplainer(
            new DeepLiftOptions { Baseline = "random", MaxPool = MaxPoolRule.Rescale }, net.Runner, new Files()).ExplainAsync(net.Request());
        Assert.All(explanations, e =>
        {
            double sum = e.Image!.Elements!.Floats.ToArray().Sum(v => (double)v), difference = e.Score - Detail(e, "baseline_score");
            Assert.InRange(Math.Abs(difference), 1e-3, 1e3);
            Assert.Equal(difference, sum, 1e-4);
            Assert.Equal(sum - difference, Detail(e, "convergence_delta"), 1e-5);
        });
    }

    [Theory]
    [InlineData(2, MaxPoolRule.Gradient)]
    [InlineData(3, MaxPoolRule.Gradient)]
    [InlineData(3, MaxPoolRule.Rescale)]
    public async Task What_a_max_pool_loses_is_in_the_delta(int pool, MaxPoolRule rule)
    {
        using var net = new SmallConvNet("Relu", pool);
        IReadOnlyList<Explanation> explanations = await new DeepLiftExplainer(new DeepLiftOptions { Baseline = "random", MaxPool = rule }, net.Runner, new Files()).ExplainAsync(net.Request());
        Assert.Contains(explanations, e => Math.Abs(Detail(e, "convergence_delta")) > 1e-2);
    }

    [Fact]
    public async Task Targets_that_share_a_run_get_what_each_gets_alone()
    {
        using var net = new SmallConvNet("Relu", 3);
        var explainer = new DeepLiftExplainer(new DeepLiftOptions { MaxPool = MaxPoolRule.Rescale }, net.Runner, new Files());
        IReadOnlyList<Explanation> together = await explainer.ExplainAsync(net.Request(0, 1, 2));
        Explanation alone = Assert.Single(await explainer.ExplainAsync(net.Request(2)));
        Assert.Equal(alone.Image!.Elements!.Floats.ToArray(), together[2].Image!.Elements!.Floats.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public async Task Multipliers_alone_keep_the_delta()
    {
        using var net = new SmallConvNet();
        Explanation multiplied = Assert.Single(await new DeepLiftExplainer(new DeepLiftOptions(), net.Runner, new Files()).ExplainAsync(net.Request(1)));
        Explanation bare = Assert.Single(await new DeepLiftExplainer(new DeepLiftOptions { Multiply = false }, net.Runner, new Files()).ExplainAsync(net.Request(1)));
        Assert.Equal(Detail(multiplied, "convergence_delta"), Detail(bare, "convergence_delta"));
        float[] pixels = net.Request(1).Image.Pixels.Floats.ToArray();
        Assert.Equal(
            multiplied.Image!.Elements!.Floats.ToArray(), bare.Image!.Elements!.Floats.ToArray().Zip(pixels, (m, x) => m * x), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public async Task Products_of_activations_are_refused_unless_their_gradient_is_asked_for()
    {
        using var net = new SmallConvNet(gated: true);
        PellucidException refusal = await Assert.ThrowsAsync<PellucidException>(
            () => new DeepLiftExplainer(new DeepLiftOptions(), net.Runner, new Files()).ExplainAsync(net.Request()));
        Assert.Contains("Mul of two activations", refusal.Message, StringComparison.Ordinal);
        IReadOnlyList<Explanation> approximated = await new DeepLiftExplainer(
            new DeepLiftOptions { Unsupported = UnsupportedOperators.Gradient, Baseline = "white" }, net.Runner, new Files()).ExplainAsync(net.Request());
        Assert.Contains(approximated, e => Math.Abs(Detail(e, "convergence_delta")) > 1e-3);
        IReadOnlyList<Explanation> behind = await new LayerDeepLiftExplainer(new LayerDeepLiftOptions { Layer = "behind", Baseline = "white" }, net.Runner, new Files()).ExplainAsync(net.Request());
        Assert.All(behind, e => Assert.Equal(0, Detail(e, "convergence_delta"), 1e-4));
    }

    [Fact]
    public async Task An_image_that_is_the_baseline_is_undefined()
    {
        using var net = new SmallConvNet();
        ExplanationRequest request = net.Request(0);
        request = request with { Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["baseline"] = request.Image.Pixels } };
        Explanation explanation = Assert.Single(await new DeepLiftExplainer(new DeepLiftOptions(), net.Runner, new Files()).ExplainAsync(request));
        Assert.Contains("the same", explanation.Image!.Undefined, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_element_of_a_tap_is_explained_by_what_lies_before_it()
    {
        using var net = new SmallConvNet();
        ExplanationRequest request = net.Request(0) with { Targets = [new TapTarget("behind", [0, 3, 4]), new TapTarget("behind", [2, 5, 5])] };
        IReadOnlyList<Explanation> explanations = await new DeepLiftExplainer(new DeepLiftOptions { Baseline = "white" }, net.Runner, new Files()).ExplainAsync(request);
        Assert.All(explanations, e => Assert.Equal(e.Score - Detail(e, "baseline_score"), e.Image!.Elements!.Floats.ToArray().Sum(v => (double)v), 1e-4));
        Assert.Contains(explanations, e => e.Score != Detail(e, "baseline_score"));
    }

    private static float Detail(Explanation explanation, string name) => Assert.Single(explanation.Details[name].Floats.ToArray());
}
