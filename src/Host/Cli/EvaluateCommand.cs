using System.CommandLine;
using System.Globalization;
using System.Text;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Host.Evaluating;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Reporting;
using Pellucid.Host.Models;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>evaluate</c>: how good explainers are by metrics, with intervals and tests; a preset over the engine of <c>run</c>.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string[]> Models = new("--model") { Description = "A model id that 'models list' shows, a folder or a checkpoint file (repeatable).", HelpName = "id or path", Required = true };
    private static readonly Option<string> Data = new("--data") { Description = "A data set: the name of an embedded one, or a path.", HelpName = "name or path", Required = true };
    private static readonly Option<string?> Reader = new("--reader") { Description = "Id of the data set's reader, with options in parentheses; by default the one that recognizes the place.", HelpName = "id" };
    private static readonly Option<string?> Split = new("--split") { Description = "Part of the data set to take.", HelpName = "name" };
    private static readonly Option<int?> Limit = new("--limit") { Description = "Take the first so many images.", HelpName = "n" };
    private static readonly Option<string> BadRecords = new("--bad-records") { Description = "What happens to records of the data set that cannot be used.", DefaultValueFactory = _ => "fatal" };
    private static readonly Option<string[]> Explainers = new("--explainer") { Description = "An explainer with options, such as \"grad-eclip(layers=2)\" (repeatable).", HelpName = "spec", Required = true };
    private static readonly Option<string[]> Metrics = new("--metric") { Description = "A metric with options, such as \"deletion(steps=50)\" (repeatable).", HelpName = "spec", Required = true };
    private static readonly Option<string> Texts = new("--texts")
    {
        Description = "What is explained: ground-truth (the image's classes), prediction (the class that the model predicts), captions (the image's first), regions (names of its regions), or a file with a text a line.",
        HelpName = "choice or file",
        DefaultValueFactory = _ => EvaluationPreset.GroundTruth,
    };

    private static readonly Option<string?> Template = new("--template") { Description = "Text with {label} in it that classes are put into; by default the class alone.", HelpName = "text" };
    private static readonly Option<string?> Prompts = new("--prompts") { Description = "A JSON file of classes, each with a list of prompts, instead of a template.", HelpName = "file" };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of every random draw.", HelpName = "n" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the results; the same command goes on where it was stopped.", HelpName = "folder", Required = true };
    private static readonly Option<string?> WorkspaceFolder = new("--workspace") { Description = "Folder where results are remembered; by default 'workspace' in the folder for the results.", HelpName = "folder" };

    static EvaluateCommand()
    {
        BadRecords.AcceptOnlyFromAmong("fatal", "skip");
        Limit.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= 1))
                result.AddError($"--limit takes a whole number from 1, not '{result.Tokens[0].Value}'");
        });
    }

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("evaluate", "Measures how good explainers are on a data set, with confidence intervals and tests; resumes where it was stopped.")
        {
            Models, Data, Reader, Split, Limit, BadRecords, Explainers, Metrics, Texts, Template, Prompts, Seed, Out, WorkspaceFolder, RunMessages.BatchSize, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json,
        };
        ImageLimitOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cli, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliEnvironment cli, CancellationToken cancellationToken)
    {
        ExperimentRunOptions options = new()
        {
            Out = parsed.GetValue(Out)!,
            Workspace = parsed.GetValue(WorkspaceFolder),
            BatchSize = parsed.GetValue(RunMessages.BatchSize),
            ImageLimits = ImageLimitOptions.Read(parsed),
        };
        using HostServices services = cli.Services(parsed);
        ProgressLine progress = new(cli.Error, cli.IsTerminal, "units", TimeProvider.System);
        (ExperimentRun Run, Evaluation Evaluation) found;
        try
        {
            found = await new EvaluationJob(services, new ModelLocator(services, cli.Variable), TimeProvider.System).RunAsync(Spec(parsed), options, progress, cancellationToken);
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

        await RunMessages.WarnAsync(cli, found.Run);
        if (parsed.GetValue(SharedOptions.Json)) await cli.Output.WriteAsync(Encoding.UTF8.GetString(EvaluationJson.ToBytes(found.Evaluation, found.Run.Results)));
        else Print(cli, found.Run, found.Evaluation, options.Out);
        return found.Run.Failed.Count > 0 ? ExitCodes.UnitsFailed : ExitCodes.Success;
    }

    private static EvaluationSpec Spec(ParseResult parsed) => new()
    {
        Models = parsed.GetValue(Models)!,
        Data = new DatasetChoice
        {
            Path = parsed.GetValue(Data) is { Length: > 0 } data ? data : throw new PellucidException("--data is empty: name a data set"),
            Reader = parsed.GetValue(Reader),
            Split = parsed.GetValue(Split),
            Limit = parsed.GetValue(Limit),
            BadRecords = parsed.GetValue(BadRecords) == "skip" ? BadRecordPolicy.Skip : BadRecordPolicy.Fatal,
        },
        Explainers = parsed.GetValue(Explainers)!,
        Metrics = parsed.GetValue(Metrics)!,
        Texts = parsed.GetValue(Texts)!,
        Template = parsed.GetValue(Template),
        Prompts = parsed.GetValue(Prompts),
        Seed = parsed.GetValue(Seed),
    };

    private static void Print(CliEnvironment cli, ExperimentRun run, Evaluation evaluation, string folder)
    {
        cli.Output.WriteLine($"{run.Results.Items.Count} images, {run.Tally.Units} units, {run.Tally.Reused} of them there before, {run.Failed.Count} failed");
        RunMessages.PrintFailures(cli, run);
        bool several = run.Results.Models.Count > 1;
        foreach (var group in evaluation.Estimates.GroupBy(e => (e.Model, e.Metric, e.Direction)))
        {
            cli.Output.WriteLine();
            cli.Output.WriteLine($"{group.Key.Metric}{(several ? " on " + group.Key.Model : string.Empty)}{group.Key.Direction switch { MetricDirection.Higher => " (higher is better)", MetricDirection.Lower => " (lower is better)", _ => string.Empty }}");
            Table table = new Table().Border(TableBorder.None).AddColumns("EXPLAINER", "VALUE", "95 % INTERVAL", "IMAGES", "WITHOUT A VALUE");
            foreach (TableColumn column in table.Columns) column.PadRight(2);
            foreach (MetricEstimate e in group)
            {
                string interval = e.Value?.Interval is { } i ? $"{i.Low:F4} to {i.High:F4}" : "none";
                table.AddRow([.. new[] { e.Explainer, e.Value is null ? "none" : $"{e.Value.Mean:F4}", interval, $"{e.Value?.Count ?? 0}", Without(e) }.Select(c => new Text(c))]);
            }

            cli.Console.Write(table);
            foreach (MetricComparison c in evaluation.Comparisons.Where(c => c.Model == group.Key.Model && c.Metric == group.Key.Metric)) cli.Output.WriteLine("  " + Sentence(c));
        }

        cli.Output.WriteLine();
        cli.Output.WriteLine($"Results are in {folder}; open {Path.Combine(folder, ExperimentOutput.Report)} in a browser.");
    }

    private static string Without(MetricEstimate e) => e.WithoutValue.Count == 0 ? "0" : string.Join("; ", e.WithoutValue.OrderByDescending(r => r.Value).Select(r => $"{r.Value}: {r.Key}"));

    private static string Sentence(MetricComparison c) => c.Verdict switch
    {
        ComparisonVerdict.NotTested => $"{c.First} and {c.Second}: not tested",
        ComparisonVerdict.NoDifferenceShown => $"{c.First} and {c.Second}: no difference shown (p {c.AdjustedPValue:F4})",
        _ => $"{c.First} is {VerdictNames.Of(c.Verdict)} than {c.Second} (by {Math.Abs(c.Difference!.Mean):F4}, p {c.AdjustedPValue:F4})",
    };
}
