using System.CommandLine;
using System.Text;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Models;
using Pellucid.Host.Output;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>run</c>: an experiment file, to a folder of results; goes on where an earlier run stopped.</summary>
internal static class RunCommand
{
    private const int ShownFailures = 20;

    private static readonly Argument<string?> FileName = new("file") { Description = "The experiment: a YAML file.", HelpName = "file", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for the results; by default pellucid-runs/<name>.", HelpName = "folder" };
    private static readonly Option<string?> WorkspaceFolder = new("--workspace") { Description = "Folder where results are remembered; by default 'workspace' in the folder for the results. Experiments can share one.", HelpName = "folder" };
    private static readonly Option<string[]> Models = new("--model") { Description = "Models to take instead of the file's (repeatable).", HelpName = "id or path" };
    private static readonly Option<int> BatchSize = MakeBatchSize();
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check the experiment, print what there is to do, and stop." };
    private static readonly Option<bool> Schema = new("--schema") { Description = "Print the JSON schema of experiment files, and stop." };

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("run", "Runs an experiment file: models, images, targets, explainers and metrics; resumes where it was stopped.")
        {
            FileName, Out, WorkspaceFolder, Models, BatchSize, DryRun, Schema, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json,
        };
        ImageLimitOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cli, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliEnvironment cli, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Schema))
        {
            await cli.Output.WriteAsync(ExperimentSchema.Text);
            return ExitCodes.Success;
        }

        string path = parsed.GetValue(FileName) ?? throw new PellucidException("no experiment was given: name a YAML file");
        ExperimentFile file = ExperimentFile.Read(path);
        if (parsed.GetValue(Models) is { Length: > 0 } models) file = file.With(e => e with { Models = [.. models.Select(m => Path.Exists(m) ? Path.GetFullPath(m) : m)] });
        ExperimentRunOptions options = new()
        {
            Out = parsed.GetValue(Out) ?? Path.Combine("pellucid-runs", file.Parsed?.Name is { Length: > 0 } name ? name : "experiment"),
            Workspace = parsed.GetValue(WorkspaceFolder),
            BatchSize = parsed.GetValue(BatchSize),
            ImageLimits = ImageLimitOptions.Read(parsed),
        };
        using HostServices services = cli.Services(parsed);
        ExperimentRunner runner = new(services, new ModelLocator(services, cli.Variable), TimeProvider.System);
        bool json = parsed.GetValue(SharedOptions.Json);
        return parsed.GetValue(DryRun)
            ? Look(cli, await runner.LookAsync(file, options, cancellationToken), json)
            : await ComputeAsync(cli, runner, file, options, json, cancellationToken);
    }

    private static int Look(CliEnvironment cli, (ExperimentPlan Plan, RunTally Tally) look, bool json)
    {
        (ExperimentPlan plan, RunTally tally) = look;
        if (json) WriteCounts(cli, plan, tally, failed: 0);
        else
        {
            cli.Output.WriteLine($"{plan.Experiment.Name}: {plan.Models.Count} models, {plan.Items.Count} images ({plan.Reader}: {plan.DatasetPath}), {plan.Explainers.Count} explainers");
            cli.Output.WriteLine($"units: {tally.Units} in all, {tally.Reused} there already, {tally.Units - tally.Reused} to do");
            if (tally.MetricValues > 0) cli.Output.WriteLine($"metric values: {tally.MetricValues} in all, {tally.MetricValuesReused} there already, {tally.MetricValues - tally.MetricValuesReused} to do");
            if (tally.Damaged > 0) cli.Output.WriteLine($"{tally.Damaged} of those to do have a map that is missing or damaged");
        }

        return ExitCodes.Success;
    }

    private static async Task<int> ComputeAsync(CliEnvironment cli, ExperimentRunner runner, ExperimentFile file, ExperimentRunOptions options, bool json, CancellationToken cancellationToken)
    {
        ProgressLine progress = new(cli.Error, cli.IsTerminal, "units", TimeProvider.System);
        ExperimentRun run;
        try
        {
            run = await runner.RunAsync(file, options, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            progress.End();
            await cli.Error.WriteLineAsync("stopped; what is done stays done: run the same command again to go on");
            throw;
        }
        finally
        {
            progress.End();
        }

        if (run.Tally.Damaged > 0) await cli.Error.WriteLineAsync($"warning: {run.Tally.Damaged} maps of an earlier run were missing or damaged and were computed anew");
        if (run.Plan.BadRecords.Count > 0) await cli.Error.WriteLineAsync($"warning: {run.Plan.BadRecords.Count} records of the data set were left out; {Experiments.Reporting.ExperimentOutput.Summary} lists them");
        if (json) WriteCounts(cli, run.Plan, run.Tally, run.Failed.Count);
        else Print(cli, run, options.Out);
        return run.Failed.Count > 0 ? ExitCodes.UnitsFailed : ExitCodes.Success;
    }

    private static void Print(CliEnvironment cli, ExperimentRun run, string folder)
    {
        cli.Output.WriteLine($"{run.Plan.Experiment.Name}: {run.Tally.Units} units, {run.Tally.Reused} of them there before, {run.Failed.Count} failed");
        if (run.Failed.Count > 0)
        {
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
            if (groups.Length > ShownFailures) cli.Output.WriteLine($"... and {groups.Length - ShownFailures} more reasons: see {Experiments.Reporting.ExperimentOutput.Summary}");
            cli.Output.WriteLine();
        }

        cli.Output.WriteLine($"Results are in {folder}{(run.Plan.Experiment.Report.Sections.Count > 0 ? $"; open {Path.Combine(folder, Experiments.Reporting.ExperimentOutput.Report)} in a browser" : string.Empty)}.");
    }

    private static string Why(ReportUnit unit) => unit.Failure ?? string.Join("; ", unit.MetricFailures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value));

    private static void WriteCounts(CliEnvironment cli, ExperimentPlan plan, RunTally tally, int failed) => cli.Output.Write(Encoding.UTF8.GetString(JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", plan.Experiment.Name);
        json.WriteNumber("models", plan.Models.Count);
        json.WriteNumber("images", plan.Items.Count);
        json.WriteNumber("explainers", plan.Explainers.Count);
        json.WriteNumber("units", tally.Units);
        json.WriteNumber("units_reused", tally.Reused);
        json.WriteNumber("units_damaged", tally.Damaged);
        json.WriteNumber("units_failed", failed);
        json.WriteNumber("metric_values", tally.MetricValues);
        json.WriteNumber("metric_values_reused", tally.MetricValuesReused);
        json.WriteNumber("bad_records", plan.BadRecords.Count);
        json.WriteEndObject();
    })));

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
