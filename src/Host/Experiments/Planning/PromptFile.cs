using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Prompts by class, from a JSON object with a list of texts for each class.</summary>
/// <param name="Classes">Classes in the order of the file.</param>
public sealed record PromptFile(IReadOnlyList<(string Class, IReadOnlyList<string> Prompts)> Classes)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="PellucidException">It is missing or has another form; the message says where.</exception>
    public static PromptFile Read(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Wrong(path, "it is no object with a list of texts for each class");
            List<(string, IReadOnlyList<string>)> classes = [];
            foreach (JsonProperty entry in json.RootElement.EnumerateObject())
            {
                if (entry.Value.ValueKind != JsonValueKind.Array || entry.Value.EnumerateArray().Any(p => p.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(p.GetString())))
                    throw Wrong(path, $"class '{entry.Name}' has no list of texts that are not empty");
                if (classes.Exists(c => c.Item1 == entry.Name)) throw Wrong(path, $"class '{entry.Name}' stands there twice");
                classes.Add((entry.Name, [.. entry.Value.EnumerateArray().Select(p => p.GetString()!)]));
            }

            return classes.Count > 0 ? new PromptFile(classes) : throw Wrong(path, "there is no class in it");
        }
        catch (JsonException e)
        {
            throw new PellucidException($"the prompts file {path}:{e.LineNumber + 1} is no JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the prompts file '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static PellucidException Wrong(string path, string problem) => new($"the prompts file '{path}' cannot be used: {problem}");
}
