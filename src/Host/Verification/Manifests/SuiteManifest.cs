using System.Text.Json;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Verification.Manifests;

/// <summary>A reference suite: its manifest.json and the files beside it.</summary>
internal sealed class SuiteManifest
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.json";

    private const long MaxBytes = 256L << 20;

    private readonly Dictionary<string, Checkpoint> _tensors = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<ManifestCase>> _cases;

    private SuiteManifest(string path, JsonElement root, string kind)
    {
        (Path, Folder, Root, Kind) = (path, System.IO.Path.GetDirectoryName(path)!, root, kind);
        _cases = new Lazy<IReadOnlyList<ManifestCase>>(() => Array("cases") is { } cases
            ? [.. cases.Select((c, i) => new ManifestCase(c, Path, i))]
            : throw new PellucidException($"{Path} has no list \"cases\""));
    }

    /// <summary>Full path of the manifest.</summary>
    public string Path { get; }

    /// <summary>Folder of the suite.</summary>
    public string Folder { get; }

    /// <summary>The suite's kind: its <c>suite</c> field.</summary>
    public string Kind { get; }

    /// <summary>The whole manifest.</summary>
    public JsonElement Root { get; }

    /// <summary>Its cases.</summary>
    /// <exception cref="PellucidException">There is no list of them, or an entry is none.</exception>
    public IReadOnlyList<ManifestCase> Cases => _cases.Value;

    /// <summary>Reads the manifest of a folder; null where it has none, or one without a <c>suite</c> field.</summary>
    /// <exception cref="PellucidException">There is one that cannot be read.</exception>
    public static SuiteManifest? Read(string folder)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, FileName));
        if (!File.Exists(path)) return null;
        JsonElement root = ReadJson(path);
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("suite", out JsonElement suite) && suite.ValueKind == JsonValueKind.String
            ? new SuiteManifest(path, root, suite.GetString()!)
            : null;
    }

    /// <summary>Reads a JSON file of a suite.</summary>
    /// <exception cref="PellucidException">It is missing, too large or no JSON.</exception>
    public static JsonElement ReadJson(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > MaxBytes) throw new PellucidException($"{path} has {file.Length} bytes; the JSON files of a suite have at most {MaxBytes}");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"{path} cannot be read as JSON: {e.Message}", e);
        }
    }

    /// <summary>A text of the manifest, or null.</summary>
    public string? Text(string name) => Root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The texts of a list of the manifest; none where there is no such list.</summary>
    public IReadOnlyList<string> Texts(string name) => Array(name) is { } items
        ? [.. items.Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!)]
        : [];

    /// <summary>Full path of a file or folder that the suite refers to, relative to its own.</summary>
    public string Resolve(string reference) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, reference));

    /// <summary>The tensors of a file of the suite.</summary>
    /// <exception cref="PellucidException">It is missing or damaged.</exception>
    public Checkpoint Tensors(string reference)
    {
        if (_tensors.TryGetValue(reference, out Checkpoint? known)) return known;
        string path = Resolve(reference);
        if (!File.Exists(path)) throw new PellucidException($"{Path} needs the file {path}, which does not exist");
        return _tensors[reference] = CheckpointReader.Open(path);
    }

    /// <summary>The reference tensor of a key.</summary>
    /// <exception cref="PellucidException">The file of references or the tensor is missing or damaged.</exception>
    public HostTensor Reference(string key) => Tensors(Text("outputs") ?? "outputs.safetensors").Read(key);

    private IEnumerable<JsonElement>? Array(string name) =>
        Root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : null;
}
