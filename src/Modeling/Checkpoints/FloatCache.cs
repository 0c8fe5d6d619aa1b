using System.Security.Cryptography;
using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>
/// Float32 copies of weights that are stored in another precision. The runtime maps weights from files, so a half-precision
/// checkpoint is converted once into a .safetensors file of a cache folder; later runs, and other processes, map the same file.
/// Files are named by the hash of the source's content and of the tensors taken from it, appear only when complete, and may be
/// deleted at any time when no process runs. Safe for use by several threads and processes.
/// </summary>
public sealed class FloatCache
{
    /// <summary>Environment variable that names the cache folder.</summary>
    public const string FolderVariable = "PELLUCID_CACHE";

    // Below this a tensor is not worth a place in the file: it is converted in memory each time.
    private const long SmallElements = 4096;

    /// <summary>Uses a folder, which is made when the first file is written.</summary>
    public FloatCache(string folder) => Folder = Path.GetFullPath(folder);

    /// <summary>Folder of the files.</summary>
    public string Folder { get; }

    /// <summary>
    /// The cache of this user: <c>weights</c> in the folder of <see cref="FolderVariable"/>, else in pellucid in the user's cache
    /// folder (XDG_CACHE_HOME or ~/.cache; ~/Library/Caches on macOS; the local application data on Windows).
    /// </summary>
    /// <exception cref="PellucidException">None of these is set.</exception>
    public static FloatCache Default()
    {
        string? named = Environment.GetEnvironmentVariable(FolderVariable);
        return new FloatCache(Path.Combine(string.IsNullOrEmpty(named) ? UserFolder() : named, "weights"));
    }

    /// <summary>
    /// The checkpoint with every floating-point tensor as float32; tensors that are float32 already, and integers, stay where they
    /// are. Files and content hash stay those of the source. Returns the source itself if there is nothing to convert.
    /// </summary>
    /// <exception cref="PellucidException">The source cannot be read or the cache not written.</exception>
    public Checkpoint ToFloat32(Checkpoint source)
    {
        var weights = new Dictionary<string, Weight>(StringComparer.Ordinal);
        var large = new SortedDictionary<string, Weight>(StringComparer.Ordinal);
        foreach ((string name, Weight weight) in source.Weights)
        {
            if (!WeightConversion.NeedsConversion(weight.Type.Element)) weights.Add(name, weight);
            else if (weight.Shape.ElementCount() > SmallElements) large.Add(name, weight);
            else weights.Add(name, new InlineWeight(source.Read(name).ToFloat32()));
        }

        if (large.Count > 0)
        {
            Checkpoint converted = OpenOrWrite(source, large);
            foreach (string name in large.Keys) weights.Add(name, converted[name]);
        }
        else if (source.Weights.Values.All(w => !WeightConversion.NeedsConversion(w.Type.Element)))
        {
            return source;
        }

        return source.With(weights);
    }

    private Checkpoint OpenOrWrite(Checkpoint source, SortedDictionary<string, Weight> large)
    {
        string path = Path.Combine(Folder, $"{Key(source, large)}.safetensors");
        if (File.Exists(path) && TryOpen(path, large) is { } known) return known;
        IEnumerable<SafetensorsWriter.Part> parts = large.Select(w => new SafetensorsWriter.Part(
            w.Key, new TensorType(ElementType.Float32, w.Value.Shape), stream => WeightConversion.WriteFloat32(w.Value, stream)));
        try
        {
            SafetensorsWriter.WriteParts(path, parts, new Dictionary<string, string>(StringComparer.Ordinal) { ["source_sha256"] = source.ContentHash });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process may have been faster and hold the file open (Windows): its file is as good.
            if (File.Exists(path) && TryOpen(path, large) is { } theirs) return theirs;
            throw new PellucidException(
                $"the float32 copy of '{source.Path}' cannot be written to '{Folder}': {e.Message} (set {FolderVariable} to a writable folder with enough space)", e);
        }

        return TryOpen(path, large) ?? throw new PellucidException($"the float32 copy '{path}' was changed while it was written; delete it and try again");
    }

    /// <summary>The cached file, or null if it is damaged or not what its name says: then it is written anew.</summary>
    private static Checkpoint? TryOpen(string path, SortedDictionary<string, Weight> large)
    {
        try
        {
            Checkpoint cached = SafetensorsReader.Open(path);
            bool same = cached.Weights.Count == large.Count
                && large.All(w => cached.TryGet(w.Key, out Weight? c) && c.Type == new TensorType(ElementType.Float32, w.Value.Shape));
            return same ? cached : null;
        }
        catch (PellucidException)
        {
            return null;
        }
    }

    /// <summary>Names what the file will hold: the source's content and which tensors of it, under which names.</summary>
    private static string Key(Checkpoint source, SortedDictionary<string, Weight> large)
    {
        var text = new StringBuilder("float32 v1\n").Append(source.ContentHash).Append('\n');
        foreach ((string name, Weight weight) in large)
        {
            string place = weight is FileWeight file
                ? $"{Path.GetFileName(file.Path)}@{file.Offset}"
                : Convert.ToHexStringLower(SHA256.HashData(weight.Read().Bytes));
            text.Append($"{name.Length}:{name} {weight.Type} {place}\n");
        }

        return FileHashes.OfText(text.ToString());
    }

    private static string UserFolder()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathFullyQualified(xdg)) return Path.Combine(xdg, "pellucid");
        string root = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (root.Length == 0) throw new PellucidException($"there is no home folder to keep converted weights in; set {FolderVariable} to a writable folder");
        if (OperatingSystem.IsWindows()) return Path.Combine(root, "pellucid", "cache");
        return OperatingSystem.IsMacOS() ? Path.Combine(root, "Library", "Caches", "pellucid") : Path.Combine(root, ".cache", "pellucid");
    }
}
