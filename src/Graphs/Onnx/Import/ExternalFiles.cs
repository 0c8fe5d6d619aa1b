namespace Pellucid.Graphs.Onnx.Import;

/// <summary>Finds the files that external tensors lie in. They must lie in the model's folder or below it.</summary>
internal sealed class ExternalFiles(string modelPath)
{
    private readonly Dictionary<string, (string Path, long Length)> _known = new(StringComparer.Ordinal);
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(modelPath)) ?? throw new GraphException($"'{modelPath}' is no file");

    /// <summary>Full path of a location, after checking that the region lies inside the file.</summary>
    public string Resolve(string label, string location, long offset, long length)
    {
        if (!_known.TryGetValue(location, out (string Path, long Length) file)) _known[location] = file = Open(label, location);
        if (offset > file.Length || length > file.Length - offset)
            throw new GraphException($"'{file.Path}' is too short: {label} of '{modelPath}' lies at byte {offset} and takes {length} bytes, the file has {file.Length}");
        return file.Path;
    }

    private (string Path, long Length) Open(string label, string location)
    {
        GraphException Refuse() => new($"'{modelPath}': {label} wants its data from '{location}', outside the model's folder, which is refused");
        if (location.Length == 0 || Path.IsPathRooted(location) || location.Contains('\0', StringComparison.Ordinal) || location.Contains(':', StringComparison.Ordinal)) throw Refuse();
        string[] parts = location.Split('/', '\\');
        if (parts.Contains("..", StringComparer.Ordinal)) throw Refuse();
        string path = Path.GetFullPath(Path.Combine([_folder, .. parts]));
        string prefix = Path.EndsInDirectorySeparator(_folder) ? _folder : _folder + Path.DirectorySeparatorChar;
        if (!path.StartsWith(prefix, StringComparison.Ordinal)) throw Refuse();
        var file = new FileInfo(path);
        if (!file.Exists) throw new GraphException($"'{modelPath}': {label} lies in '{path}', which does not exist; put the model's data files beside it");
        return (path, (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length);
    }
}
