using Pellucid.Host.Concepts;

namespace Pellucid.Host.Tests.Concepts;

public sealed class SectionTests
{
    private static readonly float[] Left = TwoObjects.Half(left: true), Right = TwoObjects.Half(left: false);

    [Fact]
    public async Task A_phrase_that_is_the_sum_of_its_words_is_explained_by_them_and_not_by_others()
    {
        TwoObjects results = new();
        for (int image = 0; image < 12; image++)
        {
            float[] red = TwoObjects.Half(true, 0.01f * image), cube = TwoObjects.Half(true, 0.02f), blue = TwoObjects.Half(false), ring = TwoObjects.Half(false, 0.001f);
            results.Add(image, "a red object", "e", red);
            results.Add(image, "a cube", "e", cube);
            results.Add(image, "a blue object", "e", blue);
            results.Add(image, "a ring", "e", ring);
            results.Add(image, "a red cube", "e", [.. red.Zip(cube, (a, b) => a + (3 * b))]);
            results.Add(image, "a blue ring", "e", [.. blue.Zip(ring, (a, b) => a + b)]);
        }

        WrittenReport report = new();
        await new DecompositionSection().WriteAsync(results, report, TestContext.Current.CancellationToken);

        Assert.Equal("24", report.Cell(0, "phrases", "model", "e"));
        Assert.StartsWith("1.000 [1.000, 1.000]", report.Cell(0, "explained", "model", "e"), StringComparison.Ordinal);
        Assert.True(double.Parse(report.Cell(0, "difference", "model", "e")) > 0.5);
        Assert.True(double.Parse(report.Cell(0, "p", "model", "e")) < 0.01);
        Assert.Equal("12", report.Cell(0, "images of the difference", "model", "e"));
        Assert.Matches("^0[.][0-9]{3} to [01][.][0-9]{3}$", report.Cell(0, "95 % interval", "model", "e"));
        Assert.Equal(["model", "explainer", "colour", "shape"], report.Tables[1].Headers);
    }

    [Fact]
    public async Task Maps_that_heed_the_word_are_better_than_chance_and_those_that_do_not_are_not()
    {
        TwoObjects results = new();
        for (int image = 0; image < 12; image++)
        {
            foreach ((string text, bool left) in new[] { ("a red object", true), ("a blue object", false), ("a cube", true), ("a ring", false) })
            {
                results.Add(image, text, "heeds", left ? Left : Right);
                results.Add(image, text, "ignores", Left);
            }
        }

        WrittenReport report = new();
        await new IdentificationSection().WriteAsync(results, report, TestContext.Current.CancellationToken);

        Assert.Equal("better than chance", report.Cell(0, "verdict", "colour", "model", "heeds"));
        Assert.Equal("1.000 [1.000, 1.000]", report.Cell(0, "maximum", "shape", "model", "heeds"));
        Assert.Equal("not shown to differ from chance", report.Cell(0, "verdict", "colour", "model", "ignores"));
        Assert.Equal("0.500 [0.500, 0.500]", report.Cell(0, "mass", "shape", "model", "ignores"));
        Assert.Equal("24", report.Cell(0, "pairs", "colour", "model", "heeds"));
        Assert.Equal("0", report.Cell(0, "minimal pairs", "colour", "model", "heeds"));
    }

    [Fact]
    public async Task Maps_of_words_in_a_phrase_are_compared_with_maps_of_words_alone()
    {
        TwoObjects results = new();
        for (int image = 0; image < 12; image++)
        {
            results.Add(image, "a red cube", "words", Left, ("a", Right), ("red", Left), ("cube", Left));
            results.Add(image, "a red cube", "alone", Left);
            foreach (string explainer in new[] { "words", "alone" })
            {
                results.Add(image, "a red object", explainer, image < 2 ? Left : Right);
                results.Add(image, "a cube", explainer, Right);
            }
        }

        WrittenReport report = new();
        await new WordRegionsSection().WriteAsync(results, report, TestContext.Current.CancellationToken);

        Assert.Equal("1.000 [1.000, 1.000]", report.Cell(0, "all", "words"));
        Assert.Equal("0.000 [0.000, 0.000]", report.Cell(0, "shape", "alone"));
        Assert.Equal("0.500 [0.500, 0.500]", report.Cell(0, "all", "chance"));
        Assert.Contains(report.Paragraphs, p => p.StartsWith("words beats alone by 0.917", StringComparison.Ordinal));
        Assert.Equal(["red", "cube"], report.Linked[0].Words.Select(w => w.Caption));
    }

    [Fact]
    public async Task A_tie_is_not_reported_as_a_win()
    {
        TwoObjects results = new();
        for (int image = 0; image < 12; image++)
        {
            results.Add(image, "a red cube", "words", Left, ("a", Right), ("red", image % 2 == 0 ? Left : Right), ("cube", Left));
            results.Add(image, "a red cube", "alone", Left);
            results.Add(image, "a red object", "alone", image % 2 == 0 ? Right : Left);
            results.Add(image, "a cube", "alone", Left);
        }

        WrittenReport report = new();
        await new WordRegionsSection().WriteAsync(results, report, TestContext.Current.CancellationToken);

        Assert.Contains(report.Paragraphs, p => p.StartsWith("words is not shown to beat alone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Regions_whose_masks_cannot_be_read_are_left_out_and_counted()
    {
        TwoObjects results = new() { Unreadable = image => image >= 8 };
        for (int image = 0; image < 12; image++)
        {
            results.Add(image, "a red cube", "words", Left, ("a", Right), ("red", Left), ("cube", Left));
            results.Add(image, "a red object", "words", Left);
        }

        WrittenReport report = new();
        await new IdentificationSection().WriteAsync(results, report, TestContext.Current.CancellationToken);
        await new WordRegionsSection().WriteAsync(results, report, TestContext.Current.CancellationToken);

        Assert.Equal("8", report.Cell(0, "pairs", "colour", "model", "words"));
        Assert.Contains(report.Paragraphs, p => p.StartsWith("4 pairs are left out because the mask of a region cannot be read", StringComparison.Ordinal));
        Assert.Contains(report.Paragraphs, p => p.Contains("16 words of phrases, 8 left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sections_say_what_they_lack()
    {
        TwoObjects results = new();
        results.Add(0, "a photo", "e", Left);
        WrittenReport report = new();

        await new DecompositionSection().WriteAsync(results, report, TestContext.Current.CancellationToken);
        await new IdentificationSection().WriteAsync(results, report, TestContext.Current.CancellationToken);
        await new WordRegionsSection().WriteAsync(results, report, TestContext.Current.CancellationToken);

        Assert.Equal(3, report.Paragraphs.Count);
        Assert.All(report.Paragraphs, p => Assert.StartsWith("No phrase|No image|There is no word".Split('|').Single(s => p.StartsWith(s, StringComparison.Ordinal)), p, StringComparison.Ordinal));
        Assert.Empty(report.Tables);
    }
}
