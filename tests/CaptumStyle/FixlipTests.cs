using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Interactions;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Tests;

public sealed class FixlipTests
{
    private const int Words = 3;

    private static readonly FixlipOptions Exact = new() { Patch = 2, Ridge = 0 };

    [Theory]
    [InlineData(0.3, 64)]
    [InlineData(0.5, 64)]
    [InlineData(0.5, 40)]
    [InlineData(0.7, 40)]
    public async Task A_game_of_regions_words_and_products_is_found_as_it_is(double p, int samples)
    {
        var model = new BilinearModel(Terms());
        Explanation e = await ExplainAsync(model, Exact with { P = p, ImageSamples = samples }, await model.RequestAsync(1, 1, 1));
        double[][] terms = Terms();
        Assert.Equal([Words, 2, 3], e.Details["interactions"].Shape);
        for (int j = 0; j < Words; j++)
        {
            Assert.Equal(terms[0][1 + j], e.Details["word-terms"].Floats[j], 1e-5);
            Assert.Equal(terms[0][1 + j] + (p * Enumerable.Range(1, 6).Sum(i => terms[i][1 + j])), e.Details["word-values"].Floats[j], 1e-5);
            for (int i = 0; i < 6; i++) Assert.Equal(terms[1 + i][1 + j], e.Details["interactions"].Floats[(j * 6) + i], 1e-5);
        }

        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(terms[1 + i][0], e.Details["region-terms"].Floats[i], 1e-5);
            double value = terms[1 + i][0] + (p * terms[1 + i][1..4].Sum());
            Assert.Equal(value, e.Details["region-values"].Floats[i], 1e-5);
            Assert.Equal(value, e.Image!.Map.Floats[(i / 3 * 12) + (i % 3 * 2) + 7], 1e-5);
        }

        Assert.Equal(terms[0][0], e.Details["intercept"].Floats[0], 1e-5);
        Assert.Equal(1, e.Details["faithfulness"].Floats[0], 1e-6);
        Assert.Equal(terms[..7].Sum(t => t[..4].Sum()), e.Score, 1e-5);
        Assert.Equal(samples + 1, model.ImagesEmbedded);
        Assert.Equal(8, model.TextsEmbedded);
    }

    [Fact]
    public async Task Pairs_within_a_modality_are_found_and_leave_the_others_as_they_are()
    {
        double[][] terms = Terms();
        terms[7][0] = 0.9;
        terms[0][4] = -0.7;
        var model = new BilinearModel(terms);
        ExplanationRequest request = await model.RequestAsync(1, 1, 1);
        Explanation cross = await ExplainAsync(model, Exact with { P = 0.3 }, request), all = await ExplainAsync(model, Exact with { P = 0.3, Pairs = FixlipPairs.All }, request);
        Assert.Equal(1, all.Details["faithfulness"].Floats[0], 1e-6);
        Assert.InRange(cross.Details["faithfulness"].Floats[0], 0.5, 0.999);
        Assert.False(cross.Details.ContainsKey("region-pairs"));
        AssertSymmetric(all.Details["region-pairs"], (0, 1), 0.9);
        AssertSymmetric(all.Details["word-pairs"], (0, 1), -0.7);
        AssertNear(cross.Details["interactions"], all.Details["interactions"]);

        // The weighted Banzhaf values do not depend on what else is fitted; the terms do.
        AssertNear(cross.Details["region-values"], all.Details["region-values"]);
        Assert.Equal(terms[1][0], all.Details["region-terms"].Floats[0], 1e-5);
        Assert.Equal(terms[1][0] + (0.3 * 0.9), cross.Details["region-terms"].Floats[0], 1e-5);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public async Task What_three_players_do_together_counts_as_often_as_the_third_is_there(double p)
    {
        double[][] terms = [.. Enumerable.Range(0, 8).Select(_ => new double[5])];
        terms[7][1] = 2;
        var model = new BilinearModel(terms);
        Explanation e = await ExplainAsync(model, Exact with { P = p, Pairs = FixlipPairs.All }, await model.RequestAsync(1, 1, 1));
        Assert.Equal(2 * p, e.Details["interactions"].Floats[0], 1e-5);
        Assert.Equal(2 * p, e.Details["interactions"].Floats[1], 1e-5);
        Assert.Equal(0, e.Details["interactions"].Floats[2], 1e-5);
        Assert.Equal(2 * p, e.Details["region-pairs"].Floats[1], 1e-5);
        Assert.Equal(2 * p * p, e.Details["region-values"].Floats[0], 1e-5);
        Assert.Equal(-2 * p * p, e.Details["region-terms"].Floats[0], 1e-5);
    }

    [Fact]
    public async Task The_seed_decides_the_draws_and_stored_ones_take_their_place()
    {
        double[][] terms = Terms();
        terms[7][1] = 2;
        var model = new BilinearModel(terms);
        ExplanationRequest request = await model.RequestAsync(1, 1, 1);
        FixlipOptions few = Exact with { ImageSamples = 20, TextSamples = 7 };
        Explanation first = await ExplainAsync(model, few, request), again = await ExplainAsync(model, few, request), other = await ExplainAsync(model, few, request with { Seed = 6 });
        Assert.Equal(first.Details["interactions"].Floats.ToArray(), again.Details["interactions"].Floats.ToArray());
        Assert.NotEqual(first.Details["interactions"].Floats.ToArray(), other.Details["interactions"].Floats.ToArray());

        // All choices in the place of draws, each as often as any: what the defaults do at p = 0.5.
        var draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["image-samples"] = Choices(6), ["text-samples"] = Choices(3) };
        Explanation replayed = await ExplainAsync(model, few, request with { Draws = draws, Seed = 99 });
        AssertNear((await ExplainAsync(model, Exact, request)).Details["interactions"], replayed.Details["interactions"]);
        PellucidException wrong = await Assert.ThrowsAsync<PellucidException>(() => ExplainAsync(model, few, request with
        {
            Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["text-samples"] = Choices(4) },
        }));
        Assert.Contains("'text-samples' is [16, 4]", wrong.Message.Replace(",", ", ", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ridge_shrinks_the_slopes_of_each_modality()
    {
        var model = new BilinearModel(Terms());
        Explanation e = await ExplainAsync(model, Exact with { Ridge = 1 }, await model.RequestAsync(1, 1, 1));
        for (int i = 0; i < 6; i++) Assert.Equal(Terms()[1 + i][1] / 4, e.Details["interactions"].Floats[i], 1e-5);
        Assert.InRange(e.Details["faithfulness"].Floats[0], 0.1, 0.9);
    }

    [Fact]
    public async Task Regions_that_are_no_grid_give_maps_of_pixels_and_tokens_share_the_value_of_their_word()
    {
        var model = new BilinearModel(Terms());
        float[] halves = [.. Enumerable.Range(0, 24).Select(i => i % 6 < 4 ? 0f : 1f)];
        ExplanationRequest request = await model.RequestAsync(1, 2, 1) with
        {
            Draws = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [FeatureMask.Draw] = HostTensor.Of(halves, 4, 6) },
        };
        Explanation e = await ExplainAsync(model, Exact, request);
        Assert.Equal([Words, 4, 6], e.Details["interactions"].Shape);
        Assert.Equal([Words, 2], e.Details["region-interactions"].Shape);
        Assert.Equal(e.Details["region-interactions"].Floats[1], e.Details["interactions"].Floats[5]);
        Assert.Equal(Terms()[3][1] + Terms()[6][1], e.Details["region-interactions"].Floats[1], 1e-5);
        Assert.Equal(e.Text!.Signed[2], e.Text.Signed[3]);
        Assert.Equal(e.Details["word-values"].Floats[1], e.Text.Signed[2] + e.Text.Signed[3], 1e-5);
        Assert.Equal(0, e.Text.Signed[0]);
    }

    [Fact]
    public async Task An_image_that_changes_nothing_is_undefined()
    {
        double[][] terms = Terms();
        for (int i = 1; i < terms.Length; i++) Array.Clear(terms[i]);
        var model = new BilinearModel(terms);
        Explanation e = await ExplainAsync(model, Exact, await model.RequestAsync(1, 1, 1));
        Assert.Contains("no change of the image", e.Image!.Undefined, StringComparison.Ordinal);
        Assert.DoesNotContain(e.Details["interactions"].Floats.ToArray(), v => v != 0);
        Assert.Equal(terms[0][1], e.Details["word-terms"].Floats[0], 1e-5);
    }

    [Fact]
    public void Words_are_removed_or_padded()
    {
        TokenizedText text = new BilinearModel(Terms()).Text(1, 2, 1);
        var model = new BilinearModel(Terms()) { PadId = BilinearModel.End };
        bool[] kept = [true, false, true];
        Assert.Equal([1, 10, 12, 2, 0, 0, 0, 0, 0, 0, 0, 0], MaskedPair.Ids(model, text, AbsentWords.Removed, kept));
        Assert.Equal([1, 10, 0, 0, 12, 2, 0, 0, 0, 0, 0, 0], MaskedPair.Ids(model, text, AbsentWords.Padding, kept));
        TokenizedText ends = model.Text(1, 2, 1);
        Assert.Equal([1, 10, 12, 2, 2, 2, 2, 2, 2, 2, 2, 2], MaskedPair.Ids(model, ends, AbsentWords.Removed, kept));
        Assert.Equal([1, 10, 0, 0, 12, 2, 2, 2, 2, 2, 2, 2], MaskedPair.Ids(model, ends, AbsentWords.Padding, kept));
    }

    [Fact]
    public async Task Padding_in_the_place_of_words_gives_the_same_game_where_places_do_not_count()
    {
        var model = new BilinearModel(Terms());
        ExplanationRequest request = await model.RequestAsync(1, 1, 1);
        AssertNear((await ExplainAsync(model, Exact, request)).Details["interactions"], (await ExplainAsync(model, Exact with { Absent = AbsentWords.Padding }, request)).Details["interactions"]);
    }

    [Fact]
    public async Task What_does_not_fit_is_told_before_the_model_works()
    {
        var model = new BilinearModel(Terms());
        ExplanationRequest request = await model.RequestAsync(1, 1, 1), wordless = await model.RequestAsync();
        await RefusedAsync(Exact with { ImageSamples = 5 }, request, "do not determine 6 values");
        await RefusedAsync(Exact with { ImageSamples = 15, Pairs = FixlipPairs.All }, request, "pairs=cross");
        await RefusedAsync(Exact with { TextSamples = 2 }, request, "more text-samples");
        await RefusedAsync(Exact, wordless, "has no words");
        await RefusedAsync(Exact with { Patch = 7 }, request, "7 x 7");
        Assert.Equal(0, model.ImagesEmbedded);
        Assert.False(new FixlipExplainer(Exact, new Files()).CanExplain(new ContrastTarget(((MatchingScoreTarget)request.Targets[0]).Text, ((MatchingScoreTarget)request.Targets[0]).Text)));

        async Task RefusedAsync(FixlipOptions options, ExplanationRequest of, string reason) =>
            Assert.Contains(reason, (await Assert.ThrowsAsync<PellucidException>(() => ExplainAsync(model, options, of))).Message, StringComparison.Ordinal);
    }

    private static double[][] Terms()
    {
        var random = new SeededRandom(3);
        double[][] terms = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 5).Select(_ => random.NextNormal()).ToArray())];
        Array.Clear(terms[7]);
        foreach (double[] row in terms) row[4] = 0;
        return terms;
    }

    private static HostTensor Choices(int players) =>
        HostTensor.Of([.. Enumerable.Range(0, 1 << players).SelectMany(set => Enumerable.Range(0, players).Select(i => (float)(set >> i & 1)))], 1 << players, players);

    private static void AssertSymmetric(HostTensor pairs, (int First, int Second) only, double value)
    {
        int n = (int)pairs.Shape[0];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                Assert.Equal(pairs.Floats[(i * n) + k], pairs.Floats[(k * n) + i]);
                Assert.Equal((i, k) == only || (k, i) == only ? value : 0, pairs.Floats[(i * n) + k], 1e-5);
            }
        }
    }

    private static void AssertNear(HostTensor expected, HostTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected.Floats[i], actual.Floats[i], 1e-5f);
    }

    private static async Task<Explanation> ExplainAsync(BilinearModel model, FixlipOptions options, ExplanationRequest request)
    {
        Assert.Same(model, request.Model);
        return (await new FixlipExplainer(options, new Files()).ExplainAsync(request, TestContext.Current.CancellationToken))[0];
    }
}
