using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.TestSupport;

namespace Pellucid.TestKit.Tests;

/// <summary>What explainers of transformers do where a map is odd, and which models they refuse.</summary>
public sealed class TransformerExplainersTests(ConformanceScene scene) : IClassFixture<ConformanceScene>
{
    private static readonly string[] All = ["raw-attention", "attention-rollout", "token-grad-cam", "game", "mask-clip", "clip-surgery", "m2ib(steps=2)", "interactions(steps=2)"];

    [Fact]
    public async Task A_model_that_is_no_vision_transformer_is_refused_by_name()
    {
        string folder = Path.Combine(RepositoryPaths.Models, "phantom-medclip");
        IVisionLanguageModel model = await scene.Services.ModelAdapters.First(a => a.Probe(folder).Matches).LoadAsync(new ModelSource("phantom-medclip", folder));
        ExplanationRequest request = await ConformanceRequests.MatchingScoresAsync(
            model, ImageDecoder.Decode(Path.Combine(RepositoryPaths.Datasets, "shapes", "images", "000001.png")), ["a nodule"]);
        foreach (string spec in All)
        {
            PellucidException refusal = await Assert.ThrowsAsync<PellucidException>(() => ExplainAsync(spec, request));
            Assert.Contains("'phantom-medclip'", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_grid_that_is_not_square_gives_a_map_of_its_shape()
    {
        ImageInput image = scene.Request.Image;
        (int height, int width) = (image.Size.Height / 2, image.Size.Width);
        float[] pixels = [.. Enumerable.Range(0, 3).SelectMany(c => image.Pixels.Floats.Slice(c * image.Size.Height * width, height * width).ToArray())];
        ExplanationRequest request = scene.Request with { Image = image with { Pixels = HostTensor.Of(pixels, 1, 3, height, width) } };
        TransformerLayout layout = ((IGraphModel)request.Model).Layout(Modality.Image, new ImageSize(height, width))!;
        Assert.NotEqual(layout.GridHeight, layout.GridWidth);
        foreach (string spec in All)
        {
            Explanation explanation = (await ExplainAsync(spec, request))[0];
            Assert.Equal([layout.GridHeight, layout.GridWidth], explanation.Image!.Map.Shape);
            Assert.Null(explanation.Image.Undefined);
        }
    }

    [Theory]
    [InlineData("game")]
    [InlineData("token-grad-cam")]
    public async Task Many_targets_in_chunks_give_the_maps_of_one(string spec)
    {
        string[] texts = ["a red circle", "a blue square", "a green triangle", "a circle", "a square", "a red square"];
        IReadOnlyList<TextInput> inputs = await scene.Request.Model.PrepareTextsAsync(texts);
        ExplanationRequest request = scene.Request with { ExplainText = false, Targets = [.. inputs.Select(t => new MatchingScoreTarget(t))] };
        IReadOnlyList<Explanation> together = await ExplainAsync(spec, request);
        for (int k = 0; k < texts.Length; k++)
        {
            Explanation alone = (await ExplainAsync(spec, request with { Targets = [request.Targets[k]] }))[0];
            float largest = alone.Image!.Map.Floats.ToArray().Max(MathF.Abs);
            for (int i = 0; i < alone.Image.Map.Length; i++) Assert.Equal(alone.Image.Map.Floats[i], together[k].Image!.Map.Floats[i], 1e-4f * largest);
        }
    }

    [Theory]
    [InlineData("interactions")]
    [InlineData("interactions(block=-2, text-block=-2, steps=40)")]
    public async Task Interactions_sum_to_the_score_without_what_the_references_explain(string spec)
    {
        foreach (Explanation explanation in await ExplainAsync(spec, scene.Request))
        {
            float[] completeness = [.. explanation.Details["completeness"].Floats];
            Assert.Equal(completeness[1], completeness[0], 0.01f * (1 + MathF.Abs(completeness[1])));
            Assert.Equal(explanation.Text!.Tokens.Words.Count, explanation.Details["interactions"].Shape[0]);
            float[] sum = new float[explanation.Image!.Map.Length], tokens = [.. explanation.Details["token-interactions"].Floats];
            int all = tokens.Length / explanation.Text.Tokens.Length;
            for (int i = 0; i < tokens.Length; i++) if (i % all > 0) sum[(i % all) - 1] += tokens[i];
            for (int i = 0; i < sum.Length; i++) Assert.Equal(sum[i], explanation.Image.Map.Floats[i], 1e-5f);
        }
    }

    [Fact]
    public async Task One_text_has_no_features_in_common_with_others()
    {
        Explanation alone = (await ExplainAsync("clip-surgery(redundant=texts)", scene.Request with { Targets = [scene.Request.Targets[0]] }))[0];
        Assert.Contains("one text alone", alone.Image!.Undefined, StringComparison.Ordinal);
        Assert.DoesNotContain(alone.Image.Map.Floats.ToArray(), v => v != 0);
        Assert.Null((await ExplainAsync("clip-surgery(redundant=texts)", scene.Request))[0].Image!.Undefined);
    }

    [Fact]
    public async Task Grad_eclip_without_weights_is_the_sum_over_its_heads_and_blocks()
    {
        const string Whole = "grad-eclip(function=native, weight=one, layers=2)";
        int heads = ((IGraphModel)scene.Request.Model).Layout(Modality.Image, scene.Request.Image.Size)!.Heads;
        float[] sum = new float[(await SignedAsync(Whole)).Length];
        for (int h = 0; h < heads; h++)
        {
            float[] part = await SignedAsync($"grad-eclip(function=native, weight=one, blocks=[-1, -2], head={h})");
            for (int i = 0; i < sum.Length; i++) sum[i] += part[i];
        }

        float[] whole = await SignedAsync(Whole);
        float largest = whole.Max(MathF.Abs);
        for (int i = 0; i < sum.Length; i++) Assert.Equal(whole[i], sum[i], 1e-5f * largest);
    }

    [Theory]
    [InlineData("grad-eclip(blocks=[99])", "blocks names 99")]
    [InlineData("grad-eclip(function=native, head=99)", "head=99")]
    [InlineData("raw-attention(head=99)", "head=99")]
    [InlineData("raw-attention(block=-99)", "block=-99")]
    [InlineData("attention-rollout(start=99)", "start=99")]
    [InlineData("game(text-start=99)", "text-start=99")]
    [InlineData("clip-surgery(blocks=99)", "blocks=99")]
    [InlineData("m2ib(layer=99)", "layer=99")]
    public async Task What_the_encoder_does_not_have_is_named(string spec, string named)
    {
        PellucidException refusal = await Assert.ThrowsAsync<PellucidException>(() => ExplainAsync(spec, scene.Request));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grad-eclip(head=0)", "function=native")]
    [InlineData("clip-surgery(templates=[\"a photo\"])", "has no {}")]
    public void Options_that_do_not_go_together_are_refused(string spec, string reason) =>
        Assert.Contains(reason, Assert.ThrowsAny<PellucidException>(() => scene.Services.Explainers.Create(spec)).Message, StringComparison.Ordinal);

    private async Task<float[]> SignedAsync(string spec) => [.. (await ExplainAsync(spec, scene.Request with { ExplainText = false }))[0].Details["signed"].Floats];

    private Task<IReadOnlyList<Explanation>> ExplainAsync(string spec, ExplanationRequest request) => scene.Services.Explainers.Create(spec).ExplainAsync(request);
}
