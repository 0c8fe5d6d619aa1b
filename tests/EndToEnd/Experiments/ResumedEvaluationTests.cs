using System.Text;

namespace Pellucid.EndToEnd.Tests.Experiments;

/// <summary><c>evaluate</c> that is stopped and begun again: nothing is predicted, hashed or computed twice, and what changed is noticed.</summary>
public sealed class ResumedEvaluationTests
{
    private static readonly string[] Files = ["evaluation.json", "comparisons.csv", "curves.csv", "results.csv", "summary.json", "report.html", "experiment.yaml", "provenance.json"];

    [Fact]
    public async Task One_that_is_killed_again_and_again_ends_like_an_unbroken_one()
    {
        using ExperimentFolder folder = new(string.Empty);
        string[] command =
        [
            "evaluate", "--model", "shapes-clip", "--data", "shapes", "--limit", "12", "--texts", "prediction",
            "--explainer", "integrated-gradients(steps=100)", "--explainer", "grad-eclip", "--metric", "deletion(steps=10)", "--metric", "pointing-game",
        ];
        int killed = 0;
        foreach (Func<bool> there in new Func<bool>[] { () => File.Exists(Path.Combine(folder.Out(), "workspace", "results.db")), () => folder.Artifacts().Length >= 1, () => folder.Artifacts().Length >= 9 })
        {
            if (await folder.KillAsync(there, command)) killed++;
        }

        Assert.True(killed > 0, "the evaluation was over before it could be killed");
        Assert.False(File.Exists(Path.Combine(folder.Out(), "evaluation.json")));
        long units = folder.Stored("units");
        (await Cli.RunAsync([.. command, "--out", folder.Out(), "--threads", "1"])).Succeeded();
        Assert.Equal(units, folder.Count("units_reused"));
        Assert.Equal((24, 24, 12), (folder.Count("units"), folder.Stored("units"), folder.Stored("predictions")));

        (await Cli.RunAsync([.. command, "--out", folder.Out("unbroken"), "--threads", "1"])).Succeeded();
        foreach (string file in Files) Assert.True(folder.Read(file, "unbroken").AsSpan().SequenceEqual(folder.Read(file)), file);
    }

    [Fact]
    public async Task What_was_predicted_is_not_predicted_again()
    {
        using ExperimentFolder folder = new(string.Empty);
        string[] command = ["evaluate", "--model", "shapes-clip", "--data", "shapes", "--limit", "3", "--texts", "prediction", "--explainer", "saliency", "--metric", "complexity", "--out", folder.Out(), "--threads", "1"];
        (await Cli.RunAsync(command)).Succeeded();
        byte[] first = folder.Read("results.csv");
        Assert.Equal(3, folder.Stored("predictions"));
        (await Cli.RunAsync(command)).Succeeded();
        Assert.Equal(first, folder.Read("results.csv"));
        Assert.Equal(3, folder.Stored("predictions"));

        // Another prediction in the store is believed: so none is made.
        Assert.Null(folder.Execute("UPDATE predictions SET choice = 0"));
        (await Cli.RunAsync(command)).Succeeded();
        Assert.NotEqual(first, folder.Read("results.csv"));
        Assert.Single(folder.Rows().Select(r => r.Split(',')[3]).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_image_that_changed_behind_its_size_and_time_is_noticed_when_its_pixels_are_needed()
    {
        using ExperimentFolder folder = new(string.Empty);
        string data = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName, image = Path.Combine(data, "a.png"), texts = Path.Combine(folder.Path, "texts.txt");
        byte[] one = File.ReadAllBytes(Cli.Scene(1)), two = File.ReadAllBytes(Cli.Scene(2));
        Array.Resize(ref one, Math.Max(one.Length, two.Length));
        Array.Resize(ref two, one.Length);
        Write(one);
        File.WriteAllText(texts, "a red ring\n");
        string[] command = ["evaluate", "--model", "shapes-clip", "--data", data, "--texts", texts, "--explainer", "saliency", "--threads", "1", "--metric", "complexity"];
        (await Cli.RunAsync([.. command, "--out", folder.Out()])).Succeeded();
        Assert.Equal(1, folder.Stored("files"));
        Write(two);
        CliRun run = await Cli.RunAsync([.. command, "--out", folder.Out(), "--metric", "sparseness"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not what it was when it was hashed: run again", Encoding.UTF8.GetString(folder.Read("results.csv")), StringComparison.Ordinal);
        (await Cli.RunAsync([.. command, "--out", folder.Out(), "--metric", "sparseness"])).Succeeded();
        (await Cli.RunAsync([.. command, "--metric", "sparseness", "--out", folder.Out("fresh")])).Succeeded();
        Assert.Equal(folder.Read("results.csv", "fresh"), folder.Read("results.csv"));

        void Write(byte[] content)
        {
            File.WriteAllBytes(image, content);
            File.SetLastWriteTimeUtc(image, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }
}
