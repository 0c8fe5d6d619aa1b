using System.Text.Json;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Host.Explaining;
using Pellucid.Host.Targets;

namespace Pellucid.Host.Output;

/// <summary>
/// explanation.json: results and provenance, by the schema docs/reference/explanation.schema.json. Equal input gives equal bytes: nothing
/// in it depends on the clock or on where it is written.
/// </summary>
public static class ExplanationJson
{
    /// <summary>Name and version of the schema.</summary>
    public const string Schema = "pellucid/explanation/1";

    /// <summary>The document as UTF-8.</summary>
    public static byte[] ToBytes(ExplainResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonText.ToBytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            WriteModel(json, result);
            WriteImages(json, result);
            WriteTexts(json, result);
            WriteTargets(json, result);
            WriteExplainers(json, result);
            json.WriteStartArray("explanations");
            foreach (ExplainedCell cell in result.Cells) WriteCell(json, result, cell);
            json.WriteEndArray();
            WriteStrings(json, "warnings", result.Warnings);
            WriteProvenance(json, result);
            json.WriteEndObject();
        });
    }

    private static void WriteModel(Utf8JsonWriter json, ExplainResult result)
    {
        ModelDescription model = result.Model;
        json.WriteStartObject("model");
        json.WriteString("id", model.Id);
        json.WriteString("family", model.Family);
        json.WriteString("adapter", model.AdapterId);
        json.WriteNumber("embedding_dimension", model.EmbeddingDimension);
        json.WriteNumber("image_height", model.ImageSize.Height);
        json.WriteNumber("image_width", model.ImageSize.Width);
        json.WriteNumber("context_length", model.ContextLength);
        json.WriteNumber("logit_scale", model.LogitScale);
        json.WriteString("sha256", model.ContentHash);
        json.WriteString("tokenizer", result.Tokenizer.Kind);
        json.WriteString("tokenizer_sha256", result.Tokenizer.ContentHash);
        json.WriteEndObject();
    }

    private static void WriteImages(Utf8JsonWriter json, ExplainResult result)
    {
        json.WriteStartArray("images");
        foreach (ExplainedImage image in result.Images)
        {
            json.WriteStartObject();
            json.WriteString("name", image.Name);
            json.WriteString("sha256", image.Original.ContentHash);
            json.WriteNumber("width", image.Original.Width);
            json.WriteNumber("height", image.Original.Height);
            json.WriteNumber("input_width", image.Input.Size.Width);
            json.WriteNumber("input_height", image.Input.Size.Height);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, ExplainResult result)
    {
        json.WriteStartArray("texts");
        foreach (TokenizedText text in result.Texts.Select(t => t.Tokens))
        {
            json.WriteStartObject();
            json.WriteString("text", text.Text);
            json.WriteStartArray("tokens");
            foreach (TextToken token in text.Tokens) json.WriteStringValue(token.Text);
            json.WriteEndArray();
            json.WriteBoolean("truncated", text.Truncated);
            json.WriteNumber("untruncated_length", text.UntruncatedLength);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTargets(Utf8JsonWriter json, ExplainResult result)
    {
        json.WriteStartArray("targets");
        foreach (ExplainedTarget target in result.Targets)
        {
            json.WriteStartObject();
            json.WriteString("label", target.Label);
            json.WriteString("kind", target.Target.Kind);
            json.WriteString("description", target.Target.Describe());
            json.WriteStartArray("texts");
            foreach (TextInput text in target.Texts) json.WriteNumberValue(IndexOf(result, text));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static int IndexOf(ExplainResult result, TextInput text) => result.Texts.TakeWhile(t => t != text).Count();

    private static void WriteExplainers(Utf8JsonWriter json, ExplainResult result)
    {
        json.WriteStartArray("explainers");
        foreach (ChosenExplainer explainer in result.Explainers)
        {
            json.WriteStartObject();
            json.WriteString("explainer", explainer.Text);
            json.WriteString("source", explainer.Source);
            json.WriteString("plugin", explainer.PluginId);
            json.WriteString("plugin_version", explainer.PluginVersion);
            json.WriteString("plugin_sha256", explainer.PluginHash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter json, ExplainResult result, ExplainedCell cell)
    {
        Explanation explanation = cell.Explanation;
        json.WriteStartObject();
        json.WriteNumber("image", cell.Image);
        if (result.Targets[cell.Target].Texts is [TextInput text, ..]) json.WriteNumber("text", IndexOf(result, text));
        else json.WriteNull("text");
        json.WriteNumber("explainer", cell.Explainer);
        json.WriteNumber("target_index", cell.Target);
        json.WriteString("target", explanation.Target.Describe());
        json.WriteNumber("score", explanation.Score);
        json.WriteNumber("explained_score", explanation.ExplainedScore);
        json.WriteNumber("score_drift", explanation.Drift);
        json.WriteString("explained_function", explanation.ExplainedFunction);
        foreach ((string name, double number) in MethodNumbers.Of(explanation).Values) json.WriteNumber(name, (float)number);
        if (explanation.Image is { } map)
        {
            json.WriteStartObject("map");
            json.WriteString("key", cell.Key);
            json.WriteString("image_key", cell.Key + "/image");
            json.WriteNumber("height", map.Map.Shape[0]);
            json.WriteNumber("width", map.Map.Shape[1]);
            json.WriteBoolean("signed", map.Signed);
            json.WriteString("upsampling", map.Upsampling.ToString().ToLowerInvariant());
            json.WriteString("overlay", ResultFiles.Overlay(cell.Image, cell.Target, cell.Explainer));
            json.WriteString("undefined", map.Undefined);
            json.WriteEndObject();
        }

        if (explanation.Text is { } words) WriteWords(json, explanation, words);
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, Explanation explanation, TokenAttribution text)
    {
        json.WriteStartObject("word_importances");
        json.WriteStartArray("words");
        foreach ((TextWord word, float importance) in text.Words)
        {
            json.WriteStartObject();
            json.WriteString("word", word.Text);
            json.WriteNumber("importance", importance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("tokens");
        foreach (float importance in text.Importances) json.WriteNumberValue(importance);
        json.WriteEndArray();
        if (explanation.ExplainedTextScore is { } score)
        {
            json.WriteNumber("explained_score", score);
            json.WriteNumber("score_drift", explanation.Score - score);
        }

        json.WriteString("undefined", text.Undefined);
        json.WriteEndObject();
    }

    private static void WriteProvenance(Utf8JsonWriter json, ExplainResult result)
    {
        json.WriteStartObject("provenance");
        json.WriteString("pellucid", typeof(ExplanationJson).Assembly.GetName().Version?.ToString(3));
        json.WriteString("device", result.Environment.Device);
        json.WriteString("device_detail", result.Environment.DeviceDetail);
        json.WriteString("engine", result.Environment.Engine);
        json.WriteNumber("threads", result.Environment.Threads);
        json.WriteNumber("seed", result.Spec.Seed);
        json.WriteString("preparation", result.Spec.Preparation == ImagePreparation.Model ? "model" : "keep-aspect");
        json.WriteNumber("images_per_run", 1);
        json.WriteNumber("texts_per_run", result.Targets.Count);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
