using System.Text.Json;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.TestSupport;

namespace Pellucid.Plugins.MedClip.Tests;

/// <summary>The embedded phantom-medclip: the numbers that came with it, and what its model card says.</summary>
public sealed class PhantomModelTests : IAsyncLifetime
{
    private static readonly string Dataset = Path.Combine(RepositoryPaths.Datasets, "phantom-cxr");
    private static readonly string Folder = Path.Combine(RepositoryPaths.Models, "phantom-medclip");

    private LoadedModel _loaded = null!;
    private JsonDocument _reference = null!;

    private IGraphModel Model => _loaded.Model;

    public async ValueTask InitializeAsync()
    {
        _loaded = await LoadedModel.FromAsync(Folder);
        _reference = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, "reference_outputs.json")));
    }

    public ValueTask DisposeAsync()
    {
        _loaded.Dispose();
        _reference.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Embeddings_logits_and_gradients_are_those_of_the_training_code()
    {
        JsonElement[] texts = [.. _reference.RootElement.GetProperty("texts").EnumerateArray()];
        TextInput[] inputs = await _loaded.TextsAsync([.. texts.Select(t => t.GetProperty("text").GetString()!)]);
        for (int t = 0; t < texts.Length; t++)
        {
            Assert.Equal(texts[t].GetProperty("input_ids").EnumerateArray().Select(i => i.GetInt64()), inputs[t].Tokens.Ids.Take(inputs[t].Tokens.Length));
            Close(texts[t].GetProperty("embedding"), Numbers.Normalized(inputs[t].Embedding));
        }

        foreach (JsonElement image in _reference.RootElement.GetProperty("images").EnumerateArray())
        {
            ImageInput input = Prepare(Path.GetFileName(image.GetProperty("file").GetString()!));
            Close(image.GetProperty("pixel_values_0_56_0to4"), input.Pixels.Floats.Slice(56 * 112, 4).ToArray());
            HostTensor embedding = (await Model.EmbedImagesAsync(input.Pixels)).Reshape(-1);
            Close(image.GetProperty("embedding"), Numbers.Normalized(embedding));
            Close(image.GetProperty("logits"), [.. inputs.Select(t => (float)Model.Fusion.Score(embedding.Floats, t.Embedding.Floats, ScoreKind.Logit))]);
            HostTensor gradient = (await Model.GradientsAsync(input.Pixels, [new MatchingScoreTarget(inputs[0], ScoreKind.Logit)])).Gradients;
            Close(image.GetProperty("gradient_of_logit0").GetProperty("row56"), gradient.Floats.Slice(56 * 112, 112).ToArray());
        }
    }

    [Fact]
    public async Task Padding_counts_as_published_and_empty_places_do_not()
    {
        JsonElement padded = _reference.RootElement.GetProperty("padded");
        long[][] ids = [.. padded.GetProperty("input_ids").EnumerateArray().Select(r => r.EnumerateArray().Select(i => i.GetInt64()).ToArray())];
        int length = ids[1].Length, own = Array.IndexOf(ids[1], 0);
        HostTensor batch = await Model.EmbedTextsAsync(HostTensor.Of(ids.SelectMany(r => r).ToArray(), 2, length));
        Close(padded.GetProperty("embedding_of_second"), Numbers.Normalized(batch.Rows(1, 1).Reshape(-1)));

        long[] empty = [.. ids[1][..own], .. Enumerable.Repeat(-1L, length - own)];
        HostTensor alone = await Model.EmbedTextsAsync(HostTensor.Of(ids[1][..own], 1, own)), marked = await Model.EmbedTextsAsync(HostTensor.Of(empty, 1, length));
        Numbers.AssertClose(alone.Floats, marked.Floats, "a text alone and with empty places behind it", 1e-5);
        float[] a = Numbers.Normalized(alone.Reshape(-1)), b = Numbers.Normalized(batch.Rows(1, 1).Reshape(-1));
        Assert.Equal(padded.GetProperty("cosine_to_unpadded").GetDouble(), a.Zip(b, (x, y) => (double)x * y).Sum(), 1e-5);
    }

    [Fact]
    public async Task Zero_shot_classification_is_as_good_as_the_model_card_says()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Dataset, "labels.csv"));
        string[] classes = lines[0].Split(',')[1..];
        using JsonDocument prompts = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, "prompts.json")));
        var texts = new List<TextInput[]>();
        foreach (string name in classes) texts.Add(await _loaded.TextsAsync([.. prompts.RootElement.GetProperty(name).EnumerateArray().Select(p => p.GetString()!)]));
        string[][] rows = [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];
        Assert.Equal(140, rows.Length);
        double[][] means = new double[rows.Length][], largest = new double[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            HostTensor embedding = (await Model.EmbedImagesAsync(Prepare(Path.GetFileName(rows[i][0])).Pixels)).Reshape(-1);
            double[][] logits = [.. texts.Select(c => c.Select(t => Model.Fusion.Score(embedding.Floats, t.Embedding.Floats, ScoreKind.Logit)).ToArray())];
            means[i] = [.. logits.Select(l => l.Average())];
            largest[i] = [.. logits.Select(l => l.Max())];
        }

        // MODEL_CARD.md, "Results".
        Assert.Equal(0.994, MeanAuroc(means, rows, classes.Length), 0.01);
        Assert.Equal(0.993, MeanAuroc(largest, rows, classes.Length), 0.01);
    }

    private static double MeanAuroc(double[][] scores, string[][] rows, int classes) => Enumerable.Range(0, classes).Average(c =>
    {
        ILookup<bool, double> byLabel = rows.Select((r, i) => (Positive: r[c + 1] == "1.0", Score: scores[i][c])).ToLookup(p => p.Positive, p => p.Score);
        double[] positive = [.. byLabel[true]], negative = [.. byLabel[false]];
        return positive.Sum(p => negative.Sum(n => p > n ? 1 : p == n ? 0.5 : 0)) / ((double)positive.Length * negative.Length);
    });

    private ImageInput Prepare(string file) => Model.Prepare(ImageDecoder.Decode(Path.Combine(Dataset, "images", file)));

    // The reference is rounded to 4 to 7 digits.
    private static void Close(JsonElement expected, float[] actual) =>
        Numbers.AssertClose([.. expected.EnumerateArray().Select(v => v.GetSingle())], actual, expected.GetRawText()[..20], 2e-4);
}
