using System.CommandLine;
using System.Text;
using Pellucid.Abstractions.Prompts;
using Pellucid.Host.Classifying;
using Pellucid.Host.Models;
using Pellucid.Host.Output;
using Pellucid.Modeling.Imaging;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>classify</c>: class scores of images by prompts, and with labels how good they are.</summary>
internal static class ClassifyCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A model id that 'models list' shows, a folder or a checkpoint file.", HelpName = "id or path", DefaultValueFactory = _ => "phantom-medclip" };
    private static readonly Option<string[]> Images = new("--images") { Description = "Image files, and folders of them.", HelpName = "files or folders", Required = true, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> Probabilities = new("--probabilities") { Description = "Softmax over the classes instead of logits." };
    private static readonly Option<string?> Labels = new("--labels") { Description = "A CSV file: paths, then a column of 1, 0, -1 or nothing for each class. Prints the AUROC of each class.", HelpName = "file" };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for classification.json and scores.csv.", HelpName = "folder" };
    private static readonly Option<string?> Tokenizer = new("--tokenizer") { Description = "Tokenizer folder or file, for checkpoints that bring none.", HelpName = "path" };

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("classify", "Classifies images by prompts, without training.")
        {
            Model, Images, Probabilities, Labels, Out, Tokenizer, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json,
        };
        PromptOptions.AddTo(command);
        ImageLimitOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cli, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliEnvironment cli, CancellationToken cancellationToken)
    {
        string? folder = parsed.GetValue(Out);
        using OutputFolder? output = folder is null ? null : OutputFolder.Begin(folder, ResultFiles.Classification);
        using HostServices services = cli.Services(parsed);
        ModelLocator models = new(services, cli.Variable);
        ProgressLine progress = new(cli.Error, cli.IsTerminal, "images", TimeProvider.System);
        ClassifyResult result;
        try
        {
            result = await new ClassifyJob(services, models).RunAsync(Spec(parsed, models), progress, cancellationToken);
        }
        catch (ImageLimitException e)
        {
            throw ImageLimitOptions.Explain(e);
        }
        finally
        {
            progress.End();
        }

        if (output is not null) ClassificationFiles.Write(output, result);
        if (parsed.GetValue(SharedOptions.Json)) await cli.Output.WriteAsync(Encoding.UTF8.GetString(ClassificationJson.ToBytes(result)));
        else WriteTables(cli, result, folder);
        return ExitCodes.Success;
    }

    private static ClassifyJobSpec Spec(ParseResult parsed, ModelLocator models) => new()
    {
        Model = models.Find(parsed.GetValue(Model)!, parsed.GetValue(Tokenizer)),
        Images = parsed.GetValue(Images)!,
        Prompts = parsed.GetValue(PromptOptions.Prompts),
        Ensemble = PromptOptions.Read<PromptEnsemble>(parsed, PromptOptions.Ensemble),
        Padding = PromptOptions.Read<PromptPadding>(parsed, PromptOptions.Padding),
        Probabilities = parsed.GetValue(Probabilities),
        Labels = parsed.GetValue(Labels),
        ImageLimits = ImageLimitOptions.Read(parsed),
    };

    private static void WriteTables(CliEnvironment cli, ClassifyResult result, string? folder)
    {
        int classes = result.Prompts.Classes.Count;
        if (result.Classes is { } accuracies)
        {
            Table table = Make("CLASS", "POSITIVES", "NEGATIVES", "AUROC");
            foreach (ClassAccuracy c in accuracies) table.AddRow(new Text(c.Name), new Text(c.Positives.ToString()), new Text(c.Negatives.ToString()), new Text(c.Auroc?.ToString("F4") ?? "undefined"));
            cli.Console.Write(table);
            cli.Output.WriteLine($"mean AUROC ({result.Spec.Ensemble.ToString().ToLowerInvariant()} over prompts): {result.MeanAuroc?.ToString("F4") ?? "undefined"}");
        }
        else
        {
            Table table = Make("IMAGE", "BEST CLASS", result.Spec.Probabilities ? "PROBABILITY" : "LOGIT");
            for (int i = 0; i < result.Images.Count; i++)
            {
                int best = result.Best(i);
                table.AddRow(new Text(result.Images[i].File), new Text(result.Prompts.Classes[best].Name), new Text(result.Scores.Floats[(i * classes) + best].ToString("F4")));
            }

            cli.Console.Write(table);
        }

        if (folder is not null) cli.Output.WriteLine($"scores: {Path.Combine(folder, ResultFiles.Scores)}");
    }

    private static Table Make(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.None).AddColumns(columns);
        foreach (TableColumn column in table.Columns) column.PadRight(2);
        return table;
    }
}
