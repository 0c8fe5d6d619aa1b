using System.CommandLine;
using System.Globalization;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Models;
using Pellucid.Host.Output;
using Pellucid.Host.Reproduce;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>reproduce envisioning-medclip</c>: plain maps against embedding-space explanation, by a preset experiment.</summary>
internal static class ReproduceMedClipCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A model id that 'models list' shows, or a folder.", HelpName = "id or path", DefaultValueFactory = _ => "phantom-medclip" };
    private static readonly Option<string> Data = new("--data") { Description = "An embedded data set, or a folder with images, labels and regions.", HelpName = "name or folder", DefaultValueFactory = _ => "phantom-cxr" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the results; a run that was stopped goes on there.", HelpName = "folder", Required = true };
    private static readonly Option<string?> WorkspaceFolder = new("--workspace") { Description = "Folder where results are remembered; by default 'workspace' in the folder for the results.", HelpName = "folder" };
    private static readonly Option<int> Limit = Whole("--limit", "Images that are explained: the first so many.", ReproduceSpec.StandardLimit, 1, int.MaxValue);
    private static readonly Option<string[]> Methods = new("--methods") { Description = "Explainers to compare, plain and fused, instead of the paper's.", HelpName = "explainers", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Classes = new("--classes") { Description = "Classes to take instead of all of the prompts file.", HelpName = "names", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Prompts = new("--prompts") { Description = "A JSON file of classes, each with a list of prompts; by default prompts.json in the model's folder.", HelpName = "file" };
    private static readonly Option<int> Steps = Whole("--steps", "Gradients along a path in the paper's methods.", 16, 1, 10000);
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the experiment and of the statistics.", HelpName = "n", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> ClassifiedImages = Whole("--auroc-images", "Images that are classified for the AUROC: the first so many; 0 for none.", 1000, 0, int.MaxValue);
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check everything, print what there is to do, and stop." };

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("envisioning-medclip", "Hashmi et al. 2024: maps of plain methods and of embedding-space explanation, measured.")
        {
            Model, Data, Out, WorkspaceFolder, Limit, Methods, Classes, Prompts, Steps, Seed, ClassifiedImages, DryRun, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json,
        };
        ImageLimitOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cli, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliEnvironment cli, CancellationToken cancellationToken)
    {
        ReproduceSpec spec = Spec(parsed);
        using HostServices services = cli.Services(parsed);
        ReproduceJob job = new(services, new ModelLocator(services, cli.Variable), TimeProvider.System);
        bool json = parsed.GetValue(SharedOptions.Json);
        if (parsed.GetValue(DryRun))
        {
            (ExperimentPlan plan, RunTally tally) = await job.LookAsync(spec, cancellationToken);
            Say(cli, plan, tally, json);
            return ExitCodes.Success;
        }

        ProgressLine images = new(cli.Error, cli.IsTerminal, "images classified", TimeProvider.System), units = new(cli.Error, cli.IsTerminal, "maps", TimeProvider.System);
        ReproduceResult result;
        try
        {
            result = await job.RunAsync(spec, images, units, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            units.End();
            await cli.Error.WriteLineAsync("stopped; what is done stays done: run the same command again to go on");
            throw;
        }
        finally
        {
            images.End();
            units.End();
        }

        if (json) await cli.Output.WriteAsync(await File.ReadAllTextAsync(Path.Combine(spec.Out, ReproduceJob.ClaimsFile), cancellationToken));
        else Print(cli, result, spec.Out);
        return result.Incomplete ? ExitCodes.UnitsFailed : ExitCodes.Success;
    }

    private static ReproduceSpec Spec(ParseResult parsed) => new()
    {
        Model = parsed.GetValue(Model)!,
        Data = parsed.GetValue(Data)!,
        Out = parsed.GetValue(Out)!,
        Workspace = parsed.GetValue(WorkspaceFolder),
        Limit = parsed.GetValue(Limit),
        Methods = parsed.GetValue(Methods) ?? [],
        Classes = parsed.GetValue(Classes) ?? [],
        Prompts = parsed.GetValue(Prompts),
        Steps = parsed.GetValue(Steps),
        Seed = parsed.GetValue(Seed),
        ClassifiedImages = parsed.GetValue(ClassifiedImages),
        ImageLimits = ImageLimitOptions.Read(parsed),
    };

    private static void Say(CliEnvironment cli, ExperimentPlan plan, RunTally tally, bool json)
    {
        if (!json)
        {
            cli.Output.WriteLine($"{plan.Experiment.Name}: {plan.Items.Count} images ({plan.DatasetPath}), {plan.Explainers.Count} explainers");
            cli.Output.WriteLine($"maps: {tally.Units} in all, {tally.Reused} there already, {tally.Units - tally.Reused} to do");
            return;
        }

        JsonText.Write(cli.Output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", plan.Experiment.Name);
            writer.WriteNumber("images", plan.Items.Count);
            writer.WriteNumber("explainers", plan.Explainers.Count);
            writer.WriteNumber("units", tally.Units);
            writer.WriteNumber("units_reused", tally.Reused);
            writer.WriteEndObject();
        });
    }

    private static void Print(CliEnvironment cli, ReproduceResult result, string folder)
    {
        Table table = new Table().Border(TableBorder.None).AddColumns("CLAIM", "VERDICT", "DIFFERENCE", "95 % INTERVAL", "IMAGES");
        foreach (TableColumn column in table.Columns) column.PadRight(2);
        foreach (Claim claim in result.Claims)
        {
            ClaimEvidence e = claim.Overall;
            table.AddRow([.. new[] { claim.Definition.Statement, Claim.Say(e.Verdict), StudyTexts.Signed(e.Difference), StudyTexts.Range(e.Interval, signed: true), $"{e.Images}" }.Select(c => new Text(c))]);
        }

        cli.Console.Write(table);
        cli.Output.WriteLine();
        if (result.ZeroShot is { } zeroShot)
        {
            cli.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"zero-shot mean AUROC on {zeroShot.Images} images: {zeroShot.Mean:F4}"));
            if (zeroShot.Failures.Count > 0) cli.Output.WriteLine($"{zeroShot.Failures.Count} images could not be classified; the first, {zeroShot.Failures[0].Item}: {zeroShot.Failures[0].Why}");
        }

        cli.Output.WriteLine($"{result.Run.Tally.Units} maps, {result.Run.Tally.Reused} of them there before, {result.Run.Failed.Count} failed");
        cli.Output.WriteLine($"Results are in {folder}; open {Path.Combine(folder, Experiments.Reporting.ExperimentOutput.Report)} in a browser.");
    }

    private static Option<int> Whole(string name, string description, int standard, int least, int most)
    {
        Option<int> option = new(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= least && n <= most))
                result.AddError($"{name} takes a whole number from {least} to {most}, not '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
