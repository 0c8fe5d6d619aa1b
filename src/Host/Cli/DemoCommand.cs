using System.CommandLine;
using System.Text;
using Pellucid.Host.Demo;
using Pellucid.Host.Models;
using Pellucid.Host.Output;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>demo</c>: heat maps of the embedded model on the embedded scenes.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the page and the pictures.", HelpName = "folder", DefaultValueFactory = _ => "pellucid-demo" };

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("demo", "Explains the embedded model on the embedded scenes.") { Out, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string folder = parsed.GetValue(Out)!;
            using OutputFolder output = OutputFolder.Begin(folder, DemoFiles.Marker);
            using HostServices services = cli.Services(parsed);
            ProgressLine progress = new(cli.Error, cli.IsTerminal, "scenes explained", TimeProvider.System);
            DemoResult result;
            try
            {
                result = await new DemoJob(services, new ModelLocator(services, cli.Variable)).RunAsync(progress, cancellationToken);
            }
            finally
            {
                progress.End();
            }

            DemoFiles.Write(output, result, cancellationToken);
            if (parsed.GetValue(SharedOptions.Json)) await cli.Output.WriteAsync(Encoding.UTF8.GetString(DemoJson.ToBytes(result)));
            else Print(cli, result, folder);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Print(CliEnvironment cli, DemoResult result, string folder)
    {
        cli.Output.WriteLine($"{result.Scenes.Count} texts on {result.Scenes.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count()} scenes, each naming one object among several:");
        Table table = new Table().Border(TableBorder.None).AddColumns("SCENE", "TEXT", "COSINE");
        foreach (PointingTally tally in result.Tallies) table.AddColumn(tally.Explainer.ToUpperInvariant());
        foreach (TableColumn column in table.Columns) column.PadRight(2);
        foreach (DemoScene scene in result.Scenes)
        {
            IEnumerable<string> hits = scene.Results.Select(r => r.Hit switch { true => "on the object", false => "elsewhere", null => "nowhere" });
            table.AddRow([.. new[] { scene.Name, scene.Object.Phrase, scene.Results[0].Explanation.Score.ToString("F3") }.Concat(hits).Select(c => new Text(c))]);
        }

        cli.Console.Write(table);
        cli.Output.WriteLine();
        cli.Output.WriteLine($"pointing game over {result.SceneCount} scenes (share of maps whose peak lies on the named object, 95 % interval):");
        foreach (PointingTally t in result.Tallies)
            cli.Output.WriteLine($"  {t.Explainer,-12} {100 * t.Rate,5:F1} %  ({100 * t.Interval.Low:F1} to {100 * t.Interval.High:F1} %)  {t.Hits} of {t.Hits + t.Misses}{(t.Undefined > 0 ? $", {t.Undefined} without a map not counted" : string.Empty)}");
        cli.Output.WriteLine();
        cli.Output.WriteLine($"Open {Path.Combine(folder, ResultFiles.Report)} in a browser to see the maps.");
    }
}
