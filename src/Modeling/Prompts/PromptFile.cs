using System.Text.Json;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Prompts;

/// <summary>
/// Reads prompt sets: a JSON object whose names are classes and whose values are lists of prompts, as models/phantom-medclip/prompts.json. A
/// prompt that is there twice counts twice, as in the published sets.
/// </summary>
public static class PromptFile
{
    /// <summary>Name of a model's own prompts in its folder.</summary>
    public const string FileName = "prompts.json";

    private const long LargestFile = 16 << 20;

    /// <summary>Reads a file.</summary>
    /// <returns>Classes in the order of the file.</returns>
    /// <exception cref="PellucidException">The file is missing or breaks the format; the message says where.</exception>
    public static IReadOnlyList<PromptTexts> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (!File.Exists(path)) throw new PellucidException($"there is no prompts file '{path}'");
            if (new FileInfo(path).Length > LargestFile) throw new PellucidException($"'{path}' is larger than 16 MiB: it is no prompts file");
            byte[] content = File.ReadAllBytes(path);
            // Some editors put a mark in front, which no JSON has.
            using JsonDocument json = JsonDocument.Parse(content.AsMemory(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Parse(path, json.RootElement);
        }
        catch (JsonException e)
        {
            throw new PellucidException($"'{path}', line {e.LineNumber + 1}: this is no JSON ({e.Message.Split(". ")[0]})", e);
        }
        catch (InvalidOperationException e)
        {
            // Bytes inside a text are not looked at before the text is asked for.
            throw new PellucidException($"'{path}' holds a text that is no UTF-8: save the file in that encoding", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Those classes of a list that are named, in the order of the names.</summary>
    /// <exception cref="PellucidException">A name is not among them (the message lists the nearest), or is there twice.</exception>
    public static IReadOnlyList<PromptTexts> Select(IReadOnlyList<PromptTexts> classes, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(names);
        List<PromptTexts> chosen = [];
        foreach (string name in names)
        {
            PromptTexts found = classes.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal))
                ?? throw new PellucidException($"there is no class \"{name}\" among the {classes.Count} of the prompts{NearestNames.Suffix(name, classes.Select(c => c.Name))}");
            if (chosen.Contains(found)) throw new PellucidException($"class \"{name}\" is named twice");
            chosen.Add(found);
        }

        return chosen;
    }

    private static List<PromptTexts> Parse(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new PellucidException($"'{path}' holds {Name(root)}; a prompts file is an object: {{\"class\": [\"prompt\", ...], ...}}");
        List<PromptTexts> classes = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            string where = $"'{path}', class \"{property.Name}\"";
            if (string.IsNullOrWhiteSpace(property.Name)) throw new PellucidException($"'{path}': a class has no name");
            if (classes.Exists(c => string.Equals(c.Name, property.Name, StringComparison.Ordinal))) throw new PellucidException($"{where} is there twice: put all its prompts into one list");
            if (property.Value.ValueKind != JsonValueKind.Array) throw new PellucidException($"{where} is {Name(property.Value)}, not a list of prompts");
            List<string> prompts = [];
            foreach (JsonElement item in property.Value.EnumerateArray())
            {
                string prompt = item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new PellucidException($"{where}: prompt {prompts.Count + 1} is {Name(item)}, not a text");
                if (string.IsNullOrWhiteSpace(prompt)) throw new PellucidException($"{where}: prompt {prompts.Count + 1} is empty");
                prompts.Add(prompt);
            }

            if (prompts.Count == 0) throw new PellucidException($"{where} has no prompt: give at least one, or leave the class out");
            classes.Add(new PromptTexts(property.Name, prompts));
        }

        return classes.Count > 0 ? classes : throw new PellucidException($"'{path}' has no class");
    }

    private static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
