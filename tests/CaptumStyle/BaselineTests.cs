using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Paths;

namespace Pellucid.Plugins.CaptumStyle.Tests;

public sealed class BaselineTests
{
    [Fact]
    public async Task A_baseline_from_a_file_is_prepared_as_the_model_prepares_images()
    {
        using var net = new SmallConvNet();
        var files = new Files { ["b.png"] = SmallConvNet.Picture(5) };
        var options = new IntegratedGradientsOptions { Baseline = "image", BaselineImage = "b.png", Steps = "64" };
        Explanation read = Assert.Single(await new IntegratedGradientsExplainer(options, files).ExplainAsync(net.Request(1)));
        ExplanationRequest replay = net.Request(1) with
        {
            Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["baseline"] = net.Model.Prepare(SmallConvNet.Picture(5)).Pixels },
        };
        Explanation replayed = Assert.Single(await new IntegratedGradientsExplainer(options, files).ExplainAsync(replay));
        Assert.Equal(replayed.Image!.Elements!.Floats.ToArray(), read.Image!.Elements!.Floats.ToArray());
        Assert.Equal(["b.png"], files.WereRead);
        double sum = read.Image.Elements.Floats.ToArray().Sum(v => (double)v);
        Assert.Equal(read.Score - read.Details["baseline_score"].Floats[0], sum, 1e-2);
    }

    [Theory]
    [InlineData("image", null, "needs the file")]
    [InlineData("zero", "b.png", "with baseline=image alone")]
    [InlineData("grey", null, "cannot be 'grey'")]
    public void A_baseline_and_its_file_belong_together(string name, string? file, string message)
    {
        var options = new IntegratedGradientsOptions { Baseline = name, BaselineImage = file };
        Assert.Contains(options.Validate(new(options)), r => r.ErrorMessage!.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Automatic_steps_say_when_the_tolerance_was_not_reached()
    {
        using var net = new SmallConvNet();
        var options = new IntegratedGradientsOptions { Steps = "auto", MaxSteps = 16, Tolerance = 1e-5, Method = QuadratureRule.RiemannLeft };
        Assert.Contains("16 steps", Assert.Single(await new IntegratedGradientsExplainer(options, new Files()).ExplainAsync(net.Request(1))).Warning, StringComparison.Ordinal);
        Explanation enough = Assert.Single(await new IntegratedGradientsExplainer(options with { Tolerance = 1 }, new Files()).ExplainAsync(net.Request(1)));
        Assert.Null(enough.Warning);
    }

    [Fact]
    public async Task Expected_gradients_draw_from_named_baselines_files_and_folders()
    {
        using var net = new SmallConvNet();
        string folder = Directory.CreateTempSubdirectory("pellucid-background-").FullName;
        try
        {
            string inFolder = Path.Combine(folder, "a.png");
            await File.WriteAllBytesAsync(inFolder, [1]);
            await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "no image");
            string alone = Path.Combine(folder, "notes.txt");
            var files = new Files { [inFolder] = SmallConvNet.Picture(5), [alone] = SmallConvNet.Picture(9) };
            var options = new ExpectedGradientsOptions { Background = [folder, alone, "black", "random"], Samples = 40 };
            Explanation explanation = Assert.Single(await new ExpectedGradientsExplainer(options, files).ExplainAsync(net.Request(1)));
            Assert.Equal([inFolder, alone], files.WereRead);
            Assert.Equal(40, explanation.Details["convergence_delta"].Length);
            Explanation again = Assert.Single(await new ExpectedGradientsExplainer(options, files).ExplainAsync(net.Request(1)));
            Assert.Equal(explanation.Image!.Map.Floats.ToArray(), again.Image!.Map.Floats.ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_background_larger_than_its_memory_is_read_again_and_stays_the_same()
    {
        using var net = new SmallConvNet();
        string folder = Directory.CreateTempSubdirectory("pellucid-background-").FullName;
        try
        {
            var files = new Files();
            for (int i = 0; i < 20; i++)
            {
                string path = Path.Combine(folder, $"{i:D2}.png");
                File.WriteAllBytes(path, [1]);
                files[path] = SmallConvNet.Picture(i);
            }

            ExplanationRequest request = net.Request(1);
            var options = new ExpectedGradientsOptions { Background = [folder], Samples = 400 };
            long image = sizeof(float) * request.Image.Pixels.Length;
            var all = new BackgroundSet(request, options, files, TestContext.Current.CancellationToken);
            Assert.Equal(20, files.WereRead.Count);
            var some = new BackgroundSet(request, options, files, TestContext.Current.CancellationToken, 3 * image);
            Assert.Equal(23, files.WereRead.Count);
            for (int round = 0; round < 2; round++)
            {
                for (int i = 0; i < 20; i++)
                {
                    Assert.Equal(all.Of(i), some.Of(i));
                    Assert.Same(some.Of(i), some.Of(i));
                }
            }

            // Three are held; of the seventeen others no more than the last eight are, so that each round reads all of them.
            Assert.Equal(23 + (2 * 17), files.WereRead.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Expected_gradients_are_gradient_shap_without_noise()
    {
        using var net = new SmallConvNet();
        Explanation expected = Assert.Single(await new ExpectedGradientsExplainer(new ExpectedGradientsOptions { Background = ["black", "random"], Samples = 10 }, new Files()).ExplainAsync(net.Request(1)));
        Explanation shap = Assert.Single(await new GradientShapExplainer(new GradientShapOptions { Baselines = ["black", "random"], Samples = 10, Stdev = 0 }).ExplainAsync(net.Request(1)));
        Assert.Equal(shap.Image!.Elements!.Floats.ToArray(), expected.Image!.Elements!.Floats.ToArray());
    }

    [Fact]
    public async Task A_background_that_is_not_there_is_named()
    {
        using var net = new SmallConvNet();
        PellucidException fault = await Assert.ThrowsAsync<PellucidException>(
            () => new ExpectedGradientsExplainer(new ExpectedGradientsOptions { Background = ["nowhere"] }, new Files()).ExplainAsync(net.Request(1)));
        Assert.Contains("'nowhere' is neither", fault.Message, StringComparison.Ordinal);
    }
}
