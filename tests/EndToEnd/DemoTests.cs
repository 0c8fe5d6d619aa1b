using System.Text.Json;

namespace Pellucid.EndToEnd.Tests;

public class DemoTests
{
    [Fact]
    public async Task Grad_eclip_points_at_the_named_object_far_more_often_than_saliency()
    {
        using TemporaryFolder folder = new();
        CliRun run = (await Cli.RunAsync("demo", "--out", folder["demo"])).Succeeded();
        Assert.Contains("pointing game over 90 scenes", run.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder["demo"], "demo.json")));
        Dictionary<string, double> rates = json.RootElement.GetProperty("pointing_game").EnumerateArray()
            .ToDictionary(t => t.GetProperty("explainer").GetString()!, t => t.GetProperty("rate").GetDouble());

        // The model card measured 82 to 87 % for Grad-ECLIP and 41 to 51 % (other channel reduction) for the gradient on such scenes.
        Assert.InRange(rates["grad-eclip"], 0.80, 0.90);
        Assert.InRange(rates["saliency"], 0.25, 0.55);
        Assert.True(json.RootElement.GetProperty("shown").EnumerateArray().Select(s => s.GetProperty("image").GetString()).Distinct().Count() >= 6);
        Assert.True(File.Exists(Path.Combine(folder["demo"], "report.html")));
        Assert.True(File.Exists(Path.Combine(folder["demo"], "montage.png")));
    }
}
