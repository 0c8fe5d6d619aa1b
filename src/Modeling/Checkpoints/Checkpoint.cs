using System.Diagnostics.CodeAnalysis;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>
/// The named tensors of one or more weight files. Tensors stay in their files wherever they lie there uncompressed and
/// row-major (<see cref="FileWeight"/>); the rest, and tensors without elements, are in memory (<see cref="InlineWeight"/>).
/// Immutable and safe to share among threads.
/// </summary>
public sealed class Checkpoint
{
    private readonly SortedDictionary<string, Weight> _weights;
    private readonly Lazy<string> _hash;

    internal Checkpoint(
        string path,
        CheckpointFormat format,
        IEnumerable<KeyValuePair<string, Weight>> weights,
        IReadOnlyDictionary<string, string>? metadata = null,
        IReadOnlyList<string>? files = null,
        IReadOnlySet<string>? containers = null)
    {
        Path = path;
        Format = format;
        _weights = new SortedDictionary<string, Weight>(StringComparer.Ordinal);
        foreach ((string name, Weight weight) in weights) _weights[name] = weight;
        Metadata = metadata ?? new Dictionary<string, string>(StringComparer.Ordinal);
        Files = files ?? [path];
        Containers = containers ?? new HashSet<string>(StringComparer.Ordinal);
        _hash = new Lazy<string>(() => FileHashes.Of(Files));
    }

    /// <summary>Full path of the file (or index file) that was opened.</summary>
    public string Path { get; }

    /// <summary>Container the tensors were found in.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>
    /// Tensors by name, in ordinal order of the names. A tensor inside a dictionary inside the saved one has the name
    /// <c>outer/inner</c>; one inside a TorchScript module is named by its attribute path, <c>visual.conv1.weight</c>; a file
    /// that holds nothing but one tensor names it <see cref="BareTensorName"/>.
    /// </summary>
    public IReadOnlyDictionary<string, Weight> Weights => _weights;

    /// <summary>Free-form metadata of a .safetensors file or shard index; empty for other formats.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Full paths of all files the tensors came from, an index file included.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Keys of the outermost saved dictionary whose values hold further tensors (<c>state_dict</c>, <c>optimizer</c>).</summary>
    public IReadOnlySet<string> Containers { get; }

    /// <summary>
    /// Lower-case hexadecimal SHA-256 for provenance: of the file's bytes, or, of several files, of the list of their names
    /// and hashes. Computed when first asked for, once a process.
    /// </summary>
    /// <exception cref="PellucidException">A file can no longer be read.</exception>
    public string ContentHash => _hash.Value;

    /// <summary>Name given to the tensor of a file that holds one tensor and no dictionary.</summary>
    public const string BareTensorName = "tensor";

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="PellucidException">There is no such tensor.</exception>
    public Weight this[string name] => _weights.TryGetValue(name, out Weight? weight)
        ? weight
        : throw new PellucidException($"checkpoint '{Path}' has no tensor '{name}' among its {_weights.Count}");

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Contains(string name) => _weights.ContainsKey(name);

    /// <summary>The tensor of a name, if there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Weight? weight) => _weights.TryGetValue(name, out weight);

    /// <summary>Copies a tensor's elements into memory, in the element type of the file.</summary>
    /// <exception cref="PellucidException">There is no such tensor, or its file can no longer be read.</exception>
    public HostTensor Read(string name)
    {
        Weight weight = this[name];
        try
        {
            return weight.Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"checkpoint '{Path}': tensor '{name}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The same files with other weights; hash and files, and so the provenance, stay.</summary>
    internal Checkpoint With(IEnumerable<KeyValuePair<string, Weight>> weights, IReadOnlySet<string>? containers = null) =>
        new(Path, Format, weights, Metadata, Files, containers ?? Containers);

    /// <inheritdoc/>
    public override string ToString() => $"{Path} ({Format}, {_weights.Count} tensors)";
}
