using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.TestSupport;

namespace Pellucid.Plugins.EmbeddingFusion.Tests;

/// <summary>Methods for convolutional networks that say they are linear in the target.</summary>
public sealed class ConvolutionalPlanTests(FusionScene scene) : IClassFixture<FusionScene>
{
    [Theory]
    [InlineData("deep-lift")]
    [InlineData("layer-deep-lift")]
    [InlineData("lrp(rule=alpha-beta)")]
    [InlineData("grad-cam(form=raw)")]
    public async Task BothPlansAreEqual(string inner)
    {
        string folder = Path.Combine(RepositoryPaths.Goldens, "models", "medclip-resnet");
        IVisionLanguageModel model = await scene.Services.ModelAdapters.First(a => a.Probe(folder).Matches).LoadAsync(new ModelSource("medclip-resnet", folder));
        ImageSize size = model.Description.ImageSize;
        var random = new SeededRandom(3);
        float[] pixels = [.. Enumerable.Range(0, model.Description.Channels * size.Height * size.Width).Select(_ => (float)random.NextNormal())];
        float[] weights = [.. Enumerable.Range(0, model.Description.EmbeddingDimension).Select(_ => (float)random.NextNormal())];
        MatchingScoreTarget text = (MatchingScoreTarget)scene.Request.Targets[0];
        ExplanationRequest request = scene.Request with
        {
            Model = model,
            Image = new ImageInput(HostTensor.Of(pixels, 1, model.Description.Channels, size.Height, size.Width), ImageGeometry.Identity(size.Height, size.Width), "noise", new string('0', 64)),
            Targets = [text with { Text = text.Text with { Embedding = HostTensor.Of(weights, weights.Length) } }],
        };
        Explanation fused = (await scene.ExplainAsync($"embedding-fusion(inner={inner}, plan=fused)", request))[0];
        Explanation maps = (await scene.ExplainAsync($"embedding-fusion(inner={inner}, plan=maps, batch=24)", request))[0];
        PlanTests.RequireEqual(fused.Image!.Map, maps.Image!.Map);
    }
}
