using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Reproduce;

/// <summary>
/// Files that a preset puts into the folder of the results before its experiment is planned. Where planning fails, the folder is as it was before.
/// </summary>
internal sealed class PresetFiles : IDisposable
{
    private readonly Dictionary<string, byte[]?> _before = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly bool _made;
    private bool _kept;

    /// <summary>Writes.</summary>
    /// <param name="folder">Folder of the results.</param>
    /// <param name="files">Contents by name.</param>
    /// <exception cref="PellucidException">The folder cannot be used.</exception>
    public PresetFiles(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        if (File.Exists(folder)) throw new PellucidException($"'{folder}' is a file; name a folder for the results");
        _folder = folder;
        try
        {
            _made = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            foreach ((string name, byte[] content) in files)
            {
                string path = Path.Combine(folder, name);
                _before[path] = File.Exists(path) ? File.ReadAllBytes(path) : null;
                AtomicFile.Write(path, stream => stream.Write(content));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new PellucidException($"results cannot be written to '{folder}': {e.Message}", e);
        }
    }

    /// <summary>The experiment was planned: the files stay.</summary>
    public void Keep() => _kept = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_kept) return;
        foreach ((string path, byte[]? content) in _before)
        {
            if (content is not null) AtomicFile.Write(path, stream => stream.Write(content));
            else File.Delete(path);
        }

        if (_made && Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any()) Directory.Delete(_folder);
    }
}
