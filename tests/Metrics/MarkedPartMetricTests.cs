using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>The metric of the how-to page works.</summary>
public sealed class MarkedPartMetricTests
{
    [Fact]
    public async Task It_prefers_the_map_of_what_the_model_sees()
    {
        MetricRequest request = Scenes.Request(new BrightnessModel(), Scenes.Item(Scenes.Right), Scenes.Item(Scenes.Wrong), Scenes.Item(new float[16]));
        IReadOnlyList<MetricResult> results = await new MarkedPartMetric(new MarkedPartOptions { Share = 0.25 }).RunAsync(request, TestContext.Current.CancellationToken);
        Assert.True(results[0].Value > results[1].Value);
        Assert.Equal(MetricStatus.Undefined, results[2].Status);
    }

    [Fact]
    public void It_registers()
    {
        ServiceCollection services = [];
        new MarkedPartPlugin().Register(services);
        Assert.Equal("marked-part", Assert.IsType<MetricRegistration>(Assert.Single(services).ImplementationInstance).Id);
    }
}
