using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Plugins.CaptumStyle.Rules;
using Pellucid.Plugins.MedClip;
using Pellucid.Runtime;
using Pellucid.TestSupport;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>DeepLIFT on a real architecture: MedCLIP's ResNet, with bottlenecks, batch normalization and projections of shortcuts.</summary>
public sealed class ResNetTests : IDisposable
{
    private readonly OrtGraphRunner _runner = new(new RuntimeOptions { Device = "cpu" });

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task Behind_the_max_pool_attributions_sum_to_the_difference_of_the_scores()
    {
        ExplanationRequest request = await RequestAsync();
        IReadOnlyList<Explanation> explanations = await new LayerDeepLiftExplainer(
            new LayerDeepLiftOptions { Layer = "vision.stem", Baseline = "white" }, _runner, new Files()).ExplainAsync(request);
        Assert.All(explanations, e =>
        {
            double difference = e.Score - e.Details["baseline_score"].Floats[0];
            Assert.Equal(difference, e.Details["layer"].Floats.ToArray().Sum(v => (double)v), 1e-4 * Math.Max(1, Math.Abs(difference)));
        });
    }

    [Fact]
    public async Task A_layer_that_does_not_exist_is_answered_with_the_nearest()
    {
        ExplanationRequest request = await RequestAsync();
        PellucidException fault = await Assert.ThrowsAsync<PellucidException>(
            () => new LayerDeepLiftExplainer(new LayerDeepLiftOptions { Layer = "vision.layer9" }, _runner, new Files()).ExplainAsync(request));
        Assert.Contains("no layer 'vision.layer9'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("vision.layer", fault.Message[fault.Message.IndexOf("layer9", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private async Task<ExplanationRequest> RequestAsync()
    {
        string folder = Path.Combine(RepositoryPaths.Goldens, "models", "medclip-resnet");
        IVisionLanguageModel model = await new MedClipAdapter(_runner).LoadAsync(new ModelSource("medclip-resnet", folder));
        HostTensor pixels = CheckpointReader.Open(Path.Combine(folder, "inputs.safetensors")).Read("pixel_values").Rows(0, 1);
        int side = (int)pixels.Shape[2];
        return new ExplanationRequest
        {
            Model = model,
            Image = new ImageInput(pixels, ImageGeometry.Identity(side, side), "stored", string.Empty),
            Targets = [new EmbeddingDimensionTarget(0), new EmbeddingDimensionTarget(17)],
        };
    }
}
