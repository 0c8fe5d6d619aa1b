using System.CommandLine;
using System.Text;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Explaining;
using Pellucid.Host.Models;
using Pellucid.Host.Output;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Cli;

/// <summary><c>explain</c>: images by targets by explainers, to a folder of maps, pictures and a report.</summary>
internal static class ExplainCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A model id that 'models list' shows, a folder or a checkpoint file.", HelpName = "id or path", DefaultValueFactory = _ => "shapes-clip" };
    private static readonly Option<string[]> Images = new("--image") { Description = "An image file: PNG, JPEG, WebP, TIFF or DICOM (repeatable).", HelpName = "file", Required = true };
    private static readonly Option<string[]> Explainers = new("--explainer") { Description = "An explainer with options, such as \"grad-eclip(layers=2)\" (repeatable).", HelpName = "spec", DefaultValueFactory = _ => ["grad-eclip"] };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the results; it appears when they are complete.", HelpName = "folder", Required = true };
    private static readonly Option<string?> Tokenizer = new("--tokenizer") { Description = "Tokenizer folder or file, for checkpoints that bring none.", HelpName = "path" };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of every random draw.", HelpName = "n" };
    private static readonly Option<bool> KeepAspect = new("--keep-aspect") { Description = "Give the model the whole image in its aspect, with interpolated position embeddings, instead of its square crop." };
    private static readonly Option<string> Colors = new("--colors") { Description = "Colors of unsigned maps.", DefaultValueFactory = _ => "ember" };
    private static readonly Option<double> Opacity = new("--opacity") { Description = "Opacity of the map over the image, 0 to 1.", HelpName = "x", DefaultValueFactory = _ => 0.55 };

    static ExplainCommand()
    {
        Colors.AcceptOnlyFromAmong([.. ColorMap.All.Where(c => !c.IsDiverging).Select(c => c.Name)]);
    }

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("explain", "Shows which pixels and words made a model match images and texts.")
        {
            Model, Images,
        };
        TargetOptions.AddTo(command);
        foreach (Option option in new Option[] { Explainers, Out, Tokenizer, Seed, KeepAspect, Colors, Opacity, SharedOptions.Device, SharedOptions.Threads, SharedOptions.Json })
            command.Options.Add(option);
        ImageLimitOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cli, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliEnvironment cli, CancellationToken cancellationToken)
    {
        double opacity = parsed.GetValue(Opacity);
        if (opacity is not (>= 0 and <= 1)) throw new PellucidException($"--opacity is {opacity}; it lies between 0 and 1");
        string folder = parsed.GetValue(Out)!;
        using OutputFolder output = OutputFolder.Begin(folder, ResultFiles.Explanation);
        using HostServices services = cli.Services(parsed);
        ModelLocator models = new(services, cli.Variable);
        ExplainTimings timings = new(TimeProvider.System);
        ProgressLine progress = new(cli.Error, cli.IsTerminal, "explained", TimeProvider.System);
        ExplainResult result;
        try
        {
            result = await new ExplainJob(services, models, timings).RunAsync(Spec(parsed, models), progress, cancellationToken);
        }
        catch (ImageLimitException e)
        {
            throw ImageLimitOptions.Explain(e);
        }
        finally
        {
            progress.End();
        }

        OverlayStyle style = new(ColorMap.All.Single(c => c.Name == parsed.GetValue(Colors)), opacity);
        ExplanationFiles.Write(output, result, timings, style, cancellationToken);
        foreach (string warning in result.Warnings) await cli.Error.WriteLineAsync("warning: " + warning);
        if (parsed.GetValue(SharedOptions.Json)) await cli.Output.WriteAsync(Encoding.UTF8.GetString(ExplanationJson.ToBytes(result)));
        else ExplainTable.Write(cli, result, folder);
        return ExitCodes.Success;
    }

    private static ExplainJobSpec Spec(ParseResult parsed, ModelLocator models) => new()
    {
        Model = models.Find(parsed.GetValue(Model)!, parsed.GetValue(Tokenizer)),
        Images = parsed.GetValue(Images)!,
        Targets = TargetOptions.Read(parsed),
        Explainers = parsed.GetValue(Explainers)!,
        Seed = parsed.GetValue(Seed),
        Preparation = parsed.GetValue(KeepAspect) ? ImagePreparation.KeepAspect : ImagePreparation.Model,
        ImageLimits = ImageLimitOptions.Read(parsed),
    };
}
