using System.CommandLine;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Reporting;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary>What commands that run experiments share.</summary>
internal static class RunMessages
{
    private const int ShownFailures = 20;

    /// <summary>Targets that go to an explainer together.</summary>
    public static Option<int> BatchSize { get; } = MakeBatchSize();

    /// <summary>Says on standard error what was left out or done again.</summary>
    public static async Task WarnAsync(CliEnvironment cli, ExperimentRun run)
    {
        if (run.Tally.Damaged > 0) await cli.Error.WriteLineAsync($"warning: {run.Tally.Damaged} maps of an earlier run were missing or damaged and were computed anew");
        if (run.Plan.BadRecords.Count > 0) await cli.Error.WriteLineAsync($"warning: {run.Plan.BadRecords.Count} records of the data set were left out; {ExperimentOutput.Summary} lists them");
        if (ImagesWithoutTargets.Of(run.Results) is { Count: > 0 } without)
        {
            await cli.Error.WriteLineAsync($"warning: {without.Count} of {run.Results.Items.Count} images have no text to explain ({without[0].Id} the first): their classes are not among those asked for, or they have no class, "
                + $"caption or region; {ExperimentOutput.Summary} lists them");
        }
    }

    /// <summary>Prints why units failed, if some did.</summary>
    public static void PrintFailures(CliEnvironment cli, ExperimentRun run)
    {
        if (run.Failed.Count == 0) return;
        cli.Output.WriteLine();
        Table table = new Table().Border(TableBorder.None).AddColumns("UNITS", "EXPLAINER", "WHY THEY FAILED", "THE FIRST");
        foreach (TableColumn column in table.Columns) column.PadRight(2);
        var groups = run.Failed.GroupBy(u => (u.Explainer, Why: Why(u))).OrderByDescending(g => g.Count()).ToArray();
        foreach (var group in groups.Take(ShownFailures))
        {
            ReportUnit first = group.First();
            table.AddRow([.. new[] { $"{group.Count()}", group.Key.Explainer, group.Key.Why, $"{first.Item.Id}, {first.Target.Description}" }.Select(c => new Text(c))]);
        }

        cli.Console.Write(table);
        if (groups.Length > ShownFailures) cli.Output.WriteLine($"... and {groups.Length - ShownFailures} more reasons: see {ExperimentOutput.Summary}");
        cli.Output.WriteLine();
    }

    private static string Why(ReportUnit unit) => unit.Failure ?? string.Join("; ", unit.MetricFailures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value).Distinct(StringComparer.Ordinal));

    private static Option<int> MakeBatchSize()
    {
        Option<int> option = new("--batch-size") { Description = "Targets that go to an explainer together, at most. Results of earlier runs stay valid.", HelpName = "n", DefaultValueFactory = _ => 16 };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int n) && n is >= 1 and <= 65536))
                result.AddError($"--batch-size takes a whole number from 1 to 65536, not '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
