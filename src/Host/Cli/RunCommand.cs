using System.CommandLine;
using System.Text;
using Pellucid.Graphs;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Models;
using Pellucid.Host.Output;

namespace Pellucid.Host.Cli;

/// <summary><c>run</c>: an experiment file, to a folder of results; goes on where an earlier run stopped.</summary>
internal static class RunCommand
{
    private static readonly Argument<string?> FileName = new("file") { Description = "The experiment: a YAML file.", HelpName = "file", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for the results; by default pellucid-runs/<name>.", HelpName = "folder" };
    private static readonly Option<string?> WorkspaceFolder = new("--workspace") { Description = "Folder where results are remembered; by default 'workspace' in the folder for the results. Experiments can share one.", HelpName = "folder" };
    private static readonly Option<string[]> Models = new("--model") { Description = "Models to take instead of the file's (repeatable).", HelpName = "id or path" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check the experiment, print what there is to do, and stop." };
    private static readonly Option<bool> Schema = new("--schema") { Description = "Print the JSON schema of experiment files, and stop." };

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("run", "Runs an experiment file: models, images, targets, explainers and metrics; resumes where it was stopped.")
        {
            FileName, Out, WorkspaceFolder, Models, RunMessages.BatchSize, DryRun, Schema, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json,
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
            BatchSize = parsed.GetValue(RunMessages.BatchSize),
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
        ProgressLine progress = new(cli.Error, cli.IsTerminal, "units", TimeProvider.System), sections = new(cli.Error, cli.IsTerminal, "images of report sections", TimeProvider.System);
        ExperimentRun run;
        try
        {
            run = await runner.RunAsync(file, options with { SectionProgress = sections }, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            sections.End();
            progress.End();
            await cli.Error.WriteLineAsync("stopped; what is done stays done: run the same command again to go on");
            throw;
        }
        finally
        {
            sections.End();
            progress.End();
        }

        await RunMessages.WarnAsync(cli, run);
        if (json) WriteCounts(cli, run.Plan, run.Tally, run.Failed.Count);
        else Print(cli, run, options.Out);
        return run.Failed.Count > 0 ? ExitCodes.UnitsFailed : ExitCodes.Success;
    }

    private static void Print(CliEnvironment cli, ExperimentRun run, string folder)
    {
        cli.Output.WriteLine($"{run.Plan.Experiment.Name}: {run.Tally.Units} units, {run.Tally.Reused} of them there before, {run.Failed.Count} failed");
        RunMessages.PrintFailures(cli, run);
        cli.Output.WriteLine($"Results are in {folder}{(run.Plan.Experiment.Report.Sections.Count > 0 ? $"; open {Path.Combine(folder, Experiments.Reporting.ExperimentOutput.Report)} in a browser" : string.Empty)}.");
    }

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
}
