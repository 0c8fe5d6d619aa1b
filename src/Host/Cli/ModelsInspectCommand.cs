using System.CommandLine;
using System.Text.Json;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Models;
using Pellucid.Host.Output;

namespace Pellucid.Host.Cli;

/// <summary><c>models inspect</c>: loads a model and shows what it is, what it can do and which taps it has.</summary>
internal static class ModelsInspectCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "A model id that 'models list' shows, a folder or a checkpoint file." };
    private static readonly Option<bool> Taps = new("--taps") { Description = "List all taps." };

    public static Command Create(CliEnvironment cli)
    {
        Command command = new("inspect", "Loads a model and shows what it is and can do.") { Model, Taps, SharedOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using HostServices services = cli.Services(parsed);
            ModelLocator models = new(services, cli.Variable);
            IVisionLanguageModel model = await models.LoadAsync(models.Find(parsed.GetValue(Model)!), cancellationToken);
            if (parsed.GetValue(SharedOptions.Json)) JsonText.Write(cli.Output, json => WriteJson(json, model));
            else WriteText(cli.Output, model, parsed.GetValue(Taps));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void WriteText(TextWriter output, IVisionLanguageModel model, bool taps)
    {
        ModelDescription d = model.Description;
        output.WriteLine($"id            {d.Id}");
        output.WriteLine($"family        {d.Family}");
        output.WriteLine($"adapter       {d.AdapterId}");
        output.WriteLine($"parameters    {d.ParameterCount}");
        output.WriteLine($"embedding     {d.EmbeddingDimension} dimensions");
        output.WriteLine($"images        {d.Channels} x {d.ImageSize}");
        output.WriteLine($"texts         {d.ContextLength} tokens, tokenizer {model.Tokenizer.Kind} with {model.Tokenizer.VocabularySize} ids");
        output.WriteLine($"logit scale   {d.LogitScale:G6}, fusion {model.Fusion.Name}");
        output.WriteLine($"capabilities  {model.Capabilities}");
        output.WriteLine($"sha256        {d.ContentHash}");
        foreach (string file in d.Files) output.WriteLine($"file          {file}");
        if (model is not ITappedModel tapped) return;
        foreach (Modality side in Enum.GetValues<Modality>())
        {
            IReadOnlyList<string> names = tapped.Taps(side);
            output.WriteLine($"{side.ToString().ToLowerInvariant()} taps{new string(' ', side == Modality.Image ? 4 : 5)}{names.Count}{(taps ? string.Empty : " (--taps lists them)")}");
            if (taps) foreach (string name in names) output.WriteLine("  " + name);
        }
    }

    private static void WriteJson(Utf8JsonWriter json, IVisionLanguageModel model)
    {
        ModelDescription d = model.Description;
        json.WriteStartObject();
        json.WriteString("id", d.Id);
        json.WriteString("family", d.Family);
        json.WriteString("adapter", d.AdapterId);
        json.WriteNumber("parameters", d.ParameterCount);
        json.WriteNumber("embedding_dimension", d.EmbeddingDimension);
        json.WriteNumber("channels", d.Channels);
        json.WriteNumber("image_height", d.ImageSize.Height);
        json.WriteNumber("image_width", d.ImageSize.Width);
        json.WriteNumber("context_length", d.ContextLength);
        json.WriteString("tokenizer", model.Tokenizer.Kind);
        json.WriteNumber("vocabulary", model.Tokenizer.VocabularySize);
        json.WriteNumber("logit_scale", d.LogitScale);
        json.WriteString("fusion", model.Fusion.Name);
        json.WriteString("capabilities", model.Capabilities.ToString());
        json.WriteString("sha256", d.ContentHash);
        WriteNames(json, "files", d.Files);
        WriteNames(json, "image_taps", model is ITappedModel image ? image.Taps(Modality.Image) : []);
        WriteNames(json, "text_taps", model is ITappedModel text ? text.Taps(Modality.Text) : []);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
