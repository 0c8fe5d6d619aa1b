using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Host.Plugins;

/// <summary>
/// What the host remembers about plugins, one small file a fact so that several hosts can write at once:
/// <c>trusted/&lt;manifest hash&gt;</c>, <c>disabled/&lt;id&gt;</c> (its text is the reason), <c>loading/&lt;process&gt;-&lt;n&gt;</c>
/// (its text is the id of the plugin being loaded) and <c>suspected/&lt;id&gt;</c> (a host ended while it loaded the plugin, and none has loaded it since).
/// </summary>
public sealed class PluginStateStore
{
    private const string Suspected = "suspected";
    private readonly string _folder;

    /// <summary>Opens the store; nothing is written before something is to be remembered.</summary>
    /// <param name="folder">The state folder.</param>
    public PluginStateStore(string folder) => _folder = folder;

    /// <summary>Whether the user trusts a manifest.</summary>
    public bool IsTrusted(string manifestHash) => File.Exists(Path.Combine(_folder, "trusted", manifestHash));

    /// <summary>Remembers that the user trusts a manifest.</summary>
    /// <exception cref="PellucidException">The state folder cannot be written.</exception>
    public void Trust(PluginManifest manifest, string folder)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string note = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = manifest.Id, ["version"] = manifest.Version.ToString(), ["folder"] = folder,
        });
        Write("trusted", manifest.Hash, note + "\n");
    }

    /// <summary>Takes trust back.</summary>
    /// <returns>Whether there was any.</returns>
    /// <exception cref="PellucidException">The state folder cannot be written.</exception>
    public bool Untrust(string manifestHash) => Delete("trusted", manifestHash);

    /// <summary>Why a plugin is disabled, or null where it is not.</summary>
    public string? DisabledBecause(string id)
    {
        string path = Path.Combine(_folder, "disabled", id);
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (IOException)
        {
            // Enabled by another host between the two calls.
            return null;
        }
    }

    /// <summary>Remembers that a plugin is not to be loaded.</summary>
    /// <exception cref="PellucidException">The state folder cannot be written.</exception>
    public void Disable(string id, string reason) => Write("disabled", id, reason + "\n");

    /// <summary>Lets a plugin be loaded again.</summary>
    /// <returns>Whether it was disabled.</returns>
    /// <exception cref="PellucidException">The state folder cannot be written.</exception>
    public bool Enable(string id) => Delete("disabled", id);

    /// <summary>
    /// Notes that this process loads a plugin. Should the process die before the note is disposed, the plugin is suspected
    /// at the next start, and disabled when that happens twice in a row. Returns null where nothing can be written: loading then goes without this safety.
    /// </summary>
    internal LoadingNote? NoteLoading(string id)
    {
        try
        {
            return LoadingNote.Write(Directory.CreateDirectory(Path.Combine(_folder, "loading")).FullName, id);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Disables the plugins during whose loading a host died twice in a row. Once proves nothing: a user may have killed the host, or the machine stopped, and any plugin was being loaded then.
    /// </summary>
    internal void DisableCrashed()
    {
        string folder = Path.Combine(_folder, "loading");
        if (!Directory.Exists(folder)) return;
        foreach (string id in LoadingNote.TakeAbandoned(folder).Distinct(StringComparer.Ordinal).Where(PluginManifestReader.IsId))
        {
            if (!Delete(Suspected, id)) Write(Suspected, id, "the host ended while it was being loaded\n");
            else Disable(id, $"the host ended twice in a row while it was being loaded; to try again: plugins enable {id}");
        }
    }

    /// <summary>Notes that a plugin was loaded, or failed without taking the host down: an earlier end of a host was not its doing.</summary>
    internal void Acquit(string id)
    {
        try
        {
            Delete(Suspected, id);
        }
        catch (PellucidException)
        {
            // Where nothing can be written nothing is disabled either.
        }
    }

    private void Write(string kind, string name, string text)
    {
        try
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, kind)).FullName;
            File.WriteAllText(Path.Combine(folder, name), text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"'{_folder}' cannot be written: {fault.Message}; set PELLUCID_STATE to a folder that can", fault);
        }
    }

    private bool Delete(string kind, string name)
    {
        string path = Path.Combine(_folder, kind, name);
        if (!File.Exists(path)) return false;
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"'{path}' cannot be deleted: {fault.Message}", fault);
        }
    }
}
