using System.CommandLine;
using System.Text.Json;
using Pellucid.Host.Heads;
using Pellucid.Host.Models;
using Pellucid.Host.Output;
using Pellucid.Modeling.Imaging;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>heads fit</c>: fits a head to embeddings of images.</summary>
internal static class HeadsFitCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A model id that 'models list' shows, a folder or a checkpoint file.", HelpName = "id or path", Required = true };
    private static readonly Option<string> Data = new("--data") { Description = "A CSV file: images, relative to the file, then columns of values or classes.", HelpName = "file", Required = true };
    private static readonly Option<string> Kind = PromptOptions.Choice<HeadMethod>("--kind", "Ridge regression to values, or logistic regression to classes.");
    private static readonly Option<string[]> Columns = new("--column") { Description = "A column to fit (repeatable, for ridge); all behind the first by default.", HelpName = "name" };
    private static readonly Option<double> Regularization = new("--regularization") { Description = "Weight of the squared weights, on standardized embeddings.", HelpName = "x", DefaultValueFactory = _ => 0.01 };
    private static readonly Option<int> Folds = new("--folds") { Description = "Folds of the cross-validation; 0 for none.", HelpName = "k", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Out = new("--out") { Description = "The head's .safetensors file.", HelpName = "file", Required = true };

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("fit", "Fits a linear head to embeddings of images and says by cross-validation how good it is.")
        {
            Model, Data, Kind, Columns, Regularization, Folds, Out, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json,
        };
        ImageLimitOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cli, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliEnvironment cli, CancellationToken cancellationToken)
    {
        using HostServices services = cli.Services(parsed);
        ModelLocator models = new(services, cli.Variable);
        ProgressLine images = new(cli.Error, cli.IsTerminal, "images", TimeProvider.System), folds = new(cli.Error, cli.IsTerminal, "folds", TimeProvider.System);
        string path = parsed.GetValue(Out)!;
        HeadFitResult result;
        try
        {
            result = await new HeadFitJob(models).RunAsync(Spec(parsed, models), path, images, folds, cancellationToken);
        }
        catch (ImageLimitException e)
        {
            throw ImageLimitOptions.Explain(e);
        }
        finally
        {
            images.End();
            folds.End();
        }

        if (parsed.GetValue(SharedOptions.Json)) JsonText.Write(cli.Output, json => WriteJson(json, result));
        else WriteTable(cli, result, path);
        return ExitCodes.Success;
    }

    private static HeadFitSpec Spec(ParseResult parsed, ModelLocator models) => new()
    {
        Model = models.Find(parsed.GetValue(Model)!),
        Data = parsed.GetValue(Data)!,
        Columns = parsed.GetValue(Columns) ?? [],
        Method = PromptOptions.Read<HeadMethod>(parsed, Kind),
        Regularization = parsed.GetValue(Regularization),
        Folds = parsed.GetValue(Folds),
        ImageLimits = ImageLimitOptions.Read(parsed),
    };

    private static void WriteTable(CliEnvironment cli, HeadFitResult result, string path)
    {
        bool ridge = result.Spec.Method == HeadMethod.Ridge;
        Table table = new Table().Border(TableBorder.None).AddColumns(ridge ? "VALUE" : "CLASSES", ridge ? "R2, FITTED" : "FITTED", ridge ? "R2, CROSS-VALIDATED" : "CROSS-VALIDATED");
        foreach (TableColumn column in table.Columns) column.PadRight(2);
        foreach (HeadAccuracy a in result.Accuracies) table.AddRow(new Text(a.Name), new Text(a.Fitted.ToString("F4")), new Text(a.CrossValidated?.ToString("F4") ?? "-"));
        cli.Console.Write(table);
        cli.Output.WriteLine($"{result.Images} images, {(result.Spec.Folds == 0 ? "no cross-validation" : $"{result.Spec.Folds} folds")}; head: {path}");
    }

    private static void WriteJson(Utf8JsonWriter json, HeadFitResult result)
    {
        json.WriteStartObject();
        json.WriteString("model", result.Model.Id);
        json.WriteString("model_sha256", result.Model.ContentHash);
        json.WriteString("kind", result.Spec.Method.ToString().ToLowerInvariant());
        json.WriteNumber("regularization", result.Spec.Regularization);
        json.WriteNumber("images", result.Images);
        json.WriteNumber("folds", result.Spec.Folds);
        json.WriteStartArray("outputs");
        foreach (HeadAccuracy accuracy in result.Accuracies)
        {
            json.WriteStartObject();
            json.WriteString("name", accuracy.Name);
            json.WriteNumber("fitted", accuracy.Fitted);
            if (accuracy.CrossValidated is { } value) json.WriteNumber("cross_validated", value);
            else json.WriteNull("cross_validated");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
