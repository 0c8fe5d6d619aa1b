using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>Every metric that comes with the host, on a volume: the number counted by hand, or a refusal that says so.</summary>
public sealed class VolumeTests
{
    private static readonly TensorShape Shape = new(2, 2, 2);
    private static readonly float[] Map = [4, 1, -4, 0, 2, 0, 0, -1];
    private static readonly bool[] Mask = [true, false, true, false, true, false, false, false];

    /// <summary>Positive mass 6 of 7 inside; scaled to [0, 1] the map is 1, 5/8, 0, 1/2, 3/4, 1/2, 1/2, 3/8, its mean 17/32.</summary>
    private static readonly Dictionary<string, double> CountedByHand = new(StringComparer.Ordinal)
    {
        ["attribution-localization"] = 6.0 / 7,
        ["relevance-mass-accuracy"] = 6.0 / 7,
        ["focus"] = 6.0 / 7,
        ["outside-mass"] = 1.0 / 7,
        ["energy-pointing-game"] = 14.0 / 34,
        ["pointing-game"] = 1,
        ["relevance-rank-accuracy"] = 2.0 / 3,
        ["top-k-intersection"] = 3.0 / 8,
        ["localization-auc"] = 10.0 / 15,
        ["pixel-accuracy"] = 6.0 / 8,
        ["mask-iou"] = ((2.0 / 4) + (4.0 / 6)) / 2,
        ["average-precision"] = ((1 / 2.0) + (2 / 3.0) + (3 / 5.0) + (3 * 6 / 11.0) + (7 / 13.0) + (8 / 16.0)) / 8,
        ["complexity"] = ((2.0 / 3) * Math.Log(3)) + (Math.Log(6) / 6) + (Math.Log(12) / 6),
        ["effective-complexity"] = 5,
        ["sparseness"] = 54.0 / 96,
    };

    public static TheoryData<string> Registered => [.. Registrations().Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Registered))]
    public async Task It_is_measured_or_refused(string id)
    {
        IMetric metric = Create(id);
        MeasuredItem item = Scenes.Item(Scenes.Right) with { Map = HostTensor.Of(Map, Shape), Masks = [new RegionMask(Mask, Shape)] };
        MetricRequest request = Scenes.Request(new BrightnessModel(), item) with { Explainer = EchoExplainer.Times(1) };
        if (CountedByHand.TryGetValue(id, out double expected))
        {
            Assert.Contains(metric.Traits.Family, (MetricFamily[])[MetricFamily.Localization, MetricFamily.Complexity]);
            Assert.Equal(expected, Assert.Single(await metric.RunAsync(request, TestContext.Current.CancellationToken)).Value, 9);
            return;
        }

        MetricResult refused = Assert.Single(await metric.RunAsync(request, TestContext.Current.CancellationToken));
        Assert.Equal(MetricStatus.NotApplicable, refused.Status);
        if (id == "mst-complexity")
        {
            Assert.Contains("maps over height and width only", refused.Reason, StringComparison.Ordinal);
            return;
        }

        // The rest asks the model; what measures the importance of words has no map over an image at all.
        string fault = item.Unusable(metric.Traits.Needs)!;
        Assert.Contains(metric.Traits.Needs.HasFlag(MetricNeeds.Map) ? "a map over a volume, [2,2,2]" : "words", fault, StringComparison.Ordinal);
        if (metric.WhyNot(request) is null) Assert.Equal(fault, refused.Reason);
    }

    [Fact]
    public void Masks_have_the_shape_of_the_volume()
    {
        MeasuredItem item = Scenes.Item(Scenes.Right) with { Map = HostTensor.Of(Map, Shape), Masks = [new RegionMask(Mask, new TensorShape(2, 4))] };
        Assert.Equal("the mask is [2,4], the map [2,2,2]", item.Unusable(MetricNeeds.Map | MetricNeeds.Mask));
        Assert.Contains("[H, W] or [D, H, W]", (item with { Map = HostTensor.Of(Map, 1, 2, 2, 2) }).Unusable(MetricNeeds.Map), StringComparison.Ordinal);
    }

    private static MetricRegistration[] Registrations()
    {
        ServiceCollection services = new();
        new MetricsPlugin().Register(services);
        return [.. services.Select(s => s.ImplementationInstance).OfType<MetricRegistration>()];
    }

    private static IMetric Create(string id)
    {
        MetricRegistration registration = Registrations().Single(r => r.Id == id);
        bool takesOptions = registration.MetricType.GetConstructors().Single().GetParameters().Length > 0;
        return (IMetric)Activator.CreateInstance(registration.MetricType, takesOptions ? [Activator.CreateInstance(registration.OptionsType)!] : [])!;
    }
}
