using System.CommandLine;
using System.Globalization;
using Pellucid.Host.Models;
using Pellucid.Host.Reproduce.GradEclip;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>reproduce grad-eclip</c>: the tables and figures of the Grad-ECLIP paper, by preset experiments.</summary>
internal static class ReproduceGradEclipCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A model id that 'models list' shows, or a folder.", HelpName = "id or path", DefaultValueFactory = _ => "shapes-clip" };
    private static readonly Option<string> Data = new("--data") { Description = "An embedded data set, or a path.", HelpName = "name or path", DefaultValueFactory = _ => "shapes" };
    private static readonly Option<string?> Reader = new("--reader") { Description = "Reader of the data set, with options; by default the first that knows the place.", HelpName = "spec" };
    private static readonly Option<string?> Split = new("--split") { Description = "Part of the data set to take.", HelpName = "name" };
    private static readonly Option<string[]> Domains = new("--domain") { Description = "Another data set to show pictures of: the method on images of another kind (repeatable).", HelpName = "name or path" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the results; a run that was stopped goes on there.", HelpName = "folder", Required = true };
    private static readonly Option<string?> WorkspaceFolder = new("--workspace") { Description = "Folder where results are remembered; by default 'workspace' in the folder for the results.", HelpName = "folder" };
    private static readonly Option<int?> Limit = Whole("--limit", "Images to take: the first so many.", null);
    private static readonly Option<string[]> Explainers = new("--explainer") { Description = "Explainers of the tables instead of the paper's (repeatable); the others are compared with the last.", HelpName = "spec" };
    private static readonly Option<string[]> Parts = new("--part") { Description = "Parts to do instead of all: classification, prediction, retrieval, words, localization, concepts, layers, heads (repeatable).", HelpName = "name" };
    private static readonly Option<int?> Steps = Whole("--steps", "Steps of deletion and insertion, of 0.5 % of the pixels each; 100 unless told.", 200);
    private static readonly Option<string?> Published = new("--published") { Description = "A CSV file of published values, shown beside ours where data set and model are the paper's.", HelpName = "file" };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the experiments and of the statistics.", HelpName = "n", DefaultValueFactory = _ => 0 };

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("grad-eclip", "Zhao et al. 2024: deletion and insertion, localization, words against phrases, attributes, layers and heads.")
        {
            Model, Data, Reader, Split, Domains, Out, WorkspaceFolder, Limit, Explainers, Parts, Steps, Published, Seed, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json,
        };
        ImageLimitOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cli, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliEnvironment cli, CancellationToken cancellationToken)
    {
        GradEclipSpec spec = new()
        {
            Model = parsed.GetValue(Model)!,
            Data = parsed.GetValue(Data)!,
            Reader = parsed.GetValue(Reader),
            Split = parsed.GetValue(Split),
            Domains = parsed.GetValue(Domains) ?? [],
            Out = parsed.GetValue(Out)!,
            Workspace = parsed.GetValue(WorkspaceFolder),
            Limit = parsed.GetValue(Limit),
            Explainers = parsed.GetValue(Explainers) ?? [],
            Parts = parsed.GetValue(Parts) ?? [],
            Steps = parsed.GetValue(Steps) ?? 100,
            Published = parsed.GetValue(Published),
            Seed = parsed.GetValue(Seed),
            ImageLimits = ImageLimitOptions.Read(parsed),
        };
        using HostServices services = cli.Services(parsed);
        ProgressLine? progress = null;
        GradEclipResult result;
        try
        {
            result = await new GradEclipJob(services, new ModelLocator(services, cli.Variable), TimeProvider.System).RunAsync(spec, Begin, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            progress?.End();
            await cli.Error.WriteLineAsync("stopped; what is done stays done: run the same command again to go on");
            throw;
        }
        finally
        {
            progress?.End();
        }

        if (parsed.GetValue(SharedOptions.Json)) await cli.Output.WriteAsync(await File.ReadAllTextAsync(Path.Combine(spec.Out, GradEclipJob.TablesFile), cancellationToken));
        else Print(cli, result, spec.Out);
        return result.Failed > 0 ? ExitCodes.UnitsFailed : ExitCodes.Success;

        ProgressLine Begin(string part)
        {
            progress?.End();
            return progress = new ProgressLine(cli.Error, cli.IsTerminal, part, TimeProvider.System);
        }
    }

    private static void Print(CliEnvironment cli, GradEclipResult result, string folder)
    {
        foreach (MethodTable table in result.Tables)
        {
            cli.Output.WriteLine(table.Title);
            foreach ((string? metric, IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows) in table.ToText(c => c.Short))
            {
                if (metric is not null) cli.Output.WriteLine(metric);
                Write(cli, ["EXPLAINER", .. heads.Skip(1)], rows);
            }

            cli.Output.WriteLine();
        }

        if (result.Timings is { } timings)
        {
            cli.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Table 4: time for one image and text, the forward pass being {timings.ForwardMilliseconds:F1} ms"));
            Write(cli, ["EXPLAINER", "FORWARDS"], timings.Explainers.Select(e => (string[])[e.Explainer, string.Create(CultureInfo.InvariantCulture, $"{e.Forwards:F1}")]));
            cli.Output.WriteLine();
        }

        cli.Output.WriteLine(result.PublishedNote);
        foreach (string part in result.LeftOut) cli.Output.WriteLine($"left out: {part}");
        cli.Output.WriteLine($"{result.Runs.Sum(r => r.Run.Tally.Units)} units, {result.Runs.Sum(r => r.Run.Tally.Reused)} of them there before, {result.Failed} failed");
        cli.Output.WriteLine($"Results are in {folder}; open {Path.Combine(folder, GradEclipJob.ReportFile)} in a browser.");
    }

    private static void Write(CliEnvironment cli, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string head in heads) table.AddColumn(new TableColumn(new Text(head)).PadRight(2));
        foreach (IReadOnlyList<string> row in rows) table.AddRow([.. row.Select(c => new Text(c))]);
        cli.Console.Write(table);
    }

    private static Option<int?> Whole(string name, string description, int? most)
    {
        Option<int?> option = new(name) { Description = description, HelpName = "n" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= 1 && n <= (most ?? int.MaxValue)))
                result.AddError($"{name} takes a whole number from 1{(most is null ? string.Empty : $" to {most}")}, not '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
