using System.Text.Json;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Host.Classifying;

namespace Pellucid.Host.Output;

/// <summary>classification.json: scores, accuracies and provenance. Equal input gives equal bytes.</summary>
public static class ClassificationJson
{
    /// <summary>Name and version of the format.</summary>
    public const string Schema = "pellucid/classification/1";

    /// <summary>The document as UTF-8.</summary>
    public static byte[] ToBytes(ClassifyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonText.ToBytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteStartObject("model");
            json.WriteString("id", result.Model.Id);
            json.WriteString("family", result.Model.Family);
            json.WriteString("sha256", result.Model.ContentHash);
            json.WriteEndObject();
            WritePrompts(json, result);
            json.WriteString("scores", result.Spec.Probabilities ? "probability" : "logit");
            WriteImages(json, result);
            WriteAccuracies(json, result);
            json.WriteStartObject("provenance");
            json.WriteString("pellucid", typeof(ClassificationJson).Assembly.GetName().Version?.ToString(3));
            json.WriteString("device", result.Environment.Device);
            json.WriteString("device_detail", result.Environment.DeviceDetail);
            json.WriteString("engine", result.Environment.Engine);
            json.WriteNumber("threads", result.Environment.Threads);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static void WritePrompts(Utf8JsonWriter json, ClassifyResult result)
    {
        json.WriteStartObject("prompts");
        json.WriteString("ensemble", result.Spec.Ensemble.ToString().ToLowerInvariant());
        json.WriteString("padding", result.Spec.Padding.ToString().ToLowerInvariant());
        json.WriteString("sha256", result.Prompts.ContentHash);
        json.WriteStartArray("classes");
        foreach (PromptClass c in result.Prompts.Classes)
        {
            json.WriteStartObject();
            json.WriteString("name", c.Name);
            json.WriteStartArray("prompts");
            foreach (TextInput prompt in c.Prompts) json.WriteStringValue(prompt.Tokens.Text);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteImages(Utf8JsonWriter json, ClassifyResult result)
    {
        int classes = result.Prompts.Classes.Count;
        json.WriteStartArray("images");
        for (int i = 0; i < result.Images.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", result.Images[i].File);
            json.WriteString("sha256", result.Images[i].Hash);
            json.WriteString("best", result.Prompts.Classes[result.Best(i)].Name);
            json.WriteStartArray("scores");
            for (int c = 0; c < classes; c++) json.WriteNumberValue(result.Scores.Floats[(i * classes) + c]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAccuracies(Utf8JsonWriter json, ClassifyResult result)
    {
        if (result.Classes is not { } accuracies) return;
        json.WriteStartArray("auroc");
        foreach (ClassAccuracy c in accuracies)
        {
            json.WriteStartObject();
            json.WriteString("class", c.Name);
            json.WriteNumber("positives", c.Positives);
            json.WriteNumber("negatives", c.Negatives);
            if (c.Auroc is { } area) json.WriteNumber("auroc", area);
            else json.WriteNull("auroc");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (result.MeanAuroc is { } mean) json.WriteNumber("mean_auroc", mean);
        else json.WriteNull("mean_auroc");
    }
}
