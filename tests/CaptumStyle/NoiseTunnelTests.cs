using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.CaptumStyle.Noise;

namespace Pellucid.Plugins.CaptumStyle.Tests;

public sealed class NoiseTunnelTests
{
    [Theory]
    [InlineData(NoiseTunnelType.Smoothgrad)]
    [InlineData(NoiseTunnelType.SmoothgradSq)]
    [InlineData(NoiseTunnelType.Vargrad)]
    public async Task Noisy_images_together_give_what_each_gives_alone(NoiseTunnelType type)
    {
        using var net = new SmallConvNet("Gelu");
        var saliency = new SaliencyExplainer(new SaliencyOptions { Abs = false });
        var options = new NoiseTunnelOptions { Inner = saliency, Samples = 19, Type = type };
        IReadOnlyList<Explanation> together = await new NoiseTunnelExplainer(options).ExplainAsync(net.Request(1, 2));
        IReadOnlyList<Explanation> alone = await new NoiseTunnelExplainer(options with { Inner = new Hidden(saliency) }).ExplainAsync(net.Request(1, 2));
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal(alone[k].Image!.Elements!.Floats.ToArray(), together[k].Image!.Elements!.Floats.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal(alone[k].Image!.Map.Floats.ToArray(), together[k].Image!.Map.Floats.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal((alone[k].Image!.Signed, alone[k].Score, 0), (together[k].Image!.Signed, together[k].Score, together[k].Drift));
        }
    }

    [Fact]
    public async Task Gradients_of_one_target_are_asked_for_in_batches()
    {
        using var net = new SmallConvNet();
        var model = new CountingModel(net.Model);
        await new NoiseTunnelExplainer(new NoiseTunnelOptions { Inner = new InputXGradientExplainer(), Samples = 19 }).ExplainAsync(net.Request(0) with { Model = model });
        Assert.Equal([8, 8, 3], model.GradientBatches);
    }

    [Fact]
    public async Task Warnings_of_the_inner_explainer_are_told()
    {
        using var net = new SmallConvNet("Gelu");
        Explanation warned = (await new NoiseTunnelExplainer(new NoiseTunnelOptions { Inner = new Warning(), Samples = 3 }).ExplainAsync(net.Request(1)))[0];
        Assert.Equal("the maps of 3 of 3 noisy images have a warning; the first: too few steps", warned.Warning);
        Explanation quiet = (await new NoiseTunnelExplainer(new NoiseTunnelOptions { Inner = new SaliencyExplainer(new SaliencyOptions()), Samples = 3 }).ExplainAsync(net.Request(1)))[0];
        Assert.Null(quiet.Warning);
    }

    /// <summary>An explainer that does not show what it is.</summary>
    private sealed class Hidden(IExplainer inner) : IExplainer
    {
        public ModelCapabilities Requires => inner.Requires;

        public bool CanExplain(ExplanationTarget target) => inner.CanExplain(target);

        public Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default) => inner.ExplainAsync(request, cancellationToken);
    }

    /// <summary>An explainer that warns of each of its maps.</summary>
    private sealed class Warning : IExplainer
    {
        private readonly SaliencyExplainer _inner = new(new SaliencyOptions());

        public ModelCapabilities Requires => _inner.Requires;

        public bool CanExplain(ExplanationTarget target) => _inner.CanExplain(target);

        public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default) =>
            [.. (await _inner.ExplainAsync(request, cancellationToken)).Select(e => e with { Warning = "too few steps" })];
    }
}
