using System.Text;
using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Classes;

/// <summary>
/// The classes of a data set from a file: lines of an id and names (after a tab, or after a space where the id is a WordNet id), of an id alone or of a
/// name alone; or JSON, an object from numbers to [id, name] or from ids to names, or a list of names. Of several names (synonyms, after commas) behind
/// an id the first counts.
/// </summary>
internal sealed class ClassList
{
    private readonly Dictionary<string, ClassEntry> _byId;

    private ClassList(string file, IReadOnlyList<ClassEntry> entries)
    {
        File = file;
        Entries = entries;
        if (entries.Count == 0) throw new PellucidException($"{file}: there is no class in it");
        _byId = new Dictionary<string, ClassEntry>(StringComparer.Ordinal);
        foreach (ClassEntry entry in entries)
        {
            if (entry.Id is { } id && !_byId.TryAdd(id, entry)) throw new PellucidException($"{file}: the class '{id}' stands there twice");
        }
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Its classes, in order.</summary>
    public IReadOnlyList<ClassEntry> Entries { get; }

    /// <summary>Whether a text has the form of a WordNet id: n and eight digits.</summary>
    public static bool IsWordNetId(string text) => text.Length == 9 && text[0] == 'n' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Reads a list.</summary>
    /// <exception cref="PellucidException">It cannot be read, or a line is of no form that is known.</exception>
    public static ClassList Read(string file)
    {
        byte[] bytes = DataFiles.ReadSmall(file);
        try
        {
            return new ClassList(file, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(file, bytes) : Lines(file, new UTF8Encoding(false, true).GetString(bytes)));
        }
        catch (JsonException e)
        {
            throw new PellucidException($"{file}:{e.LineNumber + 1}: this is no JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidOperationException)
        {
            throw new PellucidException($"{file}: this is no text in UTF-8", e);
        }
    }

    /// <summary>The class of an id; null where there is none.</summary>
    public ClassEntry? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Says that there is no class of an id, with the nearest ids and names.</summary>
    public string Unknown(string id) =>
        $"there is no class '{id}' in the class list {Path.GetFileName(File)}{NearestNames.Suffix(id, Entries.SelectMany(e => new[] { e.Id, e.Name }).OfType<string>())}";

    private static List<ClassEntry> Lines(string file, string text)
    {
        List<ClassEntry> entries = [];
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim(' ', '\r');
            if (line.Length == 0 || line[0] == '#') continue;
            int tab = line.IndexOf('\t', StringComparison.Ordinal), space = line.IndexOf(' ', StringComparison.Ordinal);
            if (tab < 0 && space > 0 && IsWordNetId(line[..space])) tab = space;
            string? id = tab > 0 ? line[..tab].Trim() : IsWordNetId(line) ? line : null;
            string? name = tab > 0 ? First(line[(tab + 1)..]) : id is null ? line : null;
            if (id?.Length == 0 || name?.Length == 0) throw new PellucidException($"{file}:{i + 1}: a class needs an id, a name or both, with a tab between");
            entries.Add(new ClassEntry(id, name, entries.Count));
        }

        return entries;
    }

    private static List<ClassEntry> Json(string file, byte[] bytes)
    {
        using JsonDocument document = JsonDocument.Parse(bytes);
        List<ClassEntry> entries = [];
        JsonElement root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement name in root.EnumerateArray()) entries.Add(new ClassEntry(null, Text(name, file), entries.Count));
        }
        else if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in root.EnumerateObject())
            {
                bool pair = property.Value.ValueKind == JsonValueKind.Array && property.Value.GetArrayLength() == 2;
                (string id, string name) = pair ? (Text(property.Value[0], file), Text(property.Value[1], file)) : (property.Name, Text(property.Value, file));
                int number = pair && int.TryParse(property.Name, out int given) ? given : entries.Count;
                entries.Add(new ClassEntry(id, First(name.Replace('_', ' ')), number));
            }
        }
        else
        {
            throw new PellucidException($"{file}: a class list is a list or an object");
        }

        return [.. entries.OrderBy(e => e.Number)];
    }

    private static string Text(JsonElement element, string file) => element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text
        ? text
        : throw new PellucidException($"{file}: a class is a name, or an id with a name: {element.GetRawText()}");

    private static string First(string names) => names.Split(',')[0].Trim();
}
