using Pellucid.Abstractions.Images;
using Pellucid.Host.Output;
using Pellucid.Modeling.Imaging;

namespace Pellucid.EndToEnd.Tests;

public class OutputFolderTests
{
    private static readonly string[] Result = ["explanation.json", "maps.safetensors", "overlay-0-0-0.png", "report.html", "timings.json"];

    [Fact]
    public async Task May_be_written_with_an_ending_separator()
    {
        using TemporaryFolder folder = new();
        string target = folder["out"] + Path.DirectorySeparatorChar;
        (await ExplainAsync(target)).Succeeded();
        (await ExplainAsync(target)).Succeeded();
        Assert.Equal(["out"], Names(folder.Path));
        Assert.Equal(Result, Names(target));
    }

    [Fact]
    public async Task May_be_a_link_which_stays_one()
    {
        if (OperatingSystem.IsWindows()) return; // links need a privilege there
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["elsewhere"]);
        Directory.CreateSymbolicLink(folder["out"], folder["elsewhere"]);
        (await ExplainAsync(folder["out"])).Succeeded();
        Assert.NotNull(Directory.ResolveLinkTarget(folder["out"], returnFinalTarget: false));
        Assert.Equal(Result, Names(folder["elsewhere"]));
    }

    [Fact]
    public async Task Left_by_a_run_that_died_is_cleaned_up()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder[".out.incomplete"]);
        await File.WriteAllTextAsync(folder[".out.lock"], "1");
        await File.WriteAllTextAsync(Path.Combine(folder[".out.incomplete"], "overlay-9-9-9.png"), "half");
        (await ExplainAsync(folder["out"])).Succeeded();
        Assert.Equal(["out"], Names(folder.Path));
        Assert.Equal(Result, Names(folder["out"]));
    }

    [Fact]
    public async Task Of_a_run_at_work_is_refused_to_a_second_one()
    {
        using TemporaryFolder folder = new();
        using (OutputFolder first = OutputFolder.Begin(folder["out"], ResultFiles.Explanation))
        {
            first.Write(ResultFiles.Explanation, "first"u8);
            (await ExplainAsync(folder["out"])).Refused("another run is writing its results to", "out");
            (await Cli.RunAsync("demo", "--out", folder["out"])).Refused("another run");
            Assert.Equal([".out.incomplete", ".out.lock"], Names(folder.Path));
            first.Commit();
        }

        Assert.Equal(["out"], Names(folder.Path));
        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(folder["out"], ResultFiles.Explanation)));
        (await ExplainAsync(folder["out"])).Succeeded();
        Assert.Equal(Result, Names(folder["out"]));
    }

    [Theory]
    [InlineData("", "no name")]
    [InlineData(" ", "no name")]
    [InlineData(".", "cannot replace")]
    [InlineData("/", "cannot replace")]
    public async Task Without_a_place_of_its_own_is_refused(string target, string says) => (await ExplainAsync(target)).Refused(says);

    [Fact]
    public async Task Of_a_strip_holds_a_picture_that_is_no_giant()
    {
        using TemporaryFolder folder = new();
        string strip = folder["strip.png"];
        await File.WriteAllBytesAsync(strip, PngEncoder.Encode(new DecodedImage(5000, 1, PixelMode.Rgb, new byte[15000], strip)));
        (await Cli.RunAsync("explain", "--image", strip, "--text", "a red ring", "--out", folder["out"])).Succeeded();
        DecodedImage overlay = ImageDecoder.Decode(Path.Combine(folder["out"], "overlay-0-0-0.png"));
        Assert.Equal((5000, 1), (overlay.Width, overlay.Height));
    }

    private static Task<CliRun> ExplainAsync(string target) =>
        Cli.RunAsync("explain", "--image", Cli.Scene(71), "--text", "a red ring", "--out", target);

    private static string[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
