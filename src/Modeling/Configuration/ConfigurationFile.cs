using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Configuration;

/// <summary>A JSON configuration beside a checkpoint, such as <c>config.json</c>. Dispose of it when all is read.</summary>
public sealed class ConfigurationFile : IDisposable
{
    private const long MaxBytes = 10_000_000;

    private readonly string _path;
    private readonly JsonDocument _json;

    private ConfigurationFile(string path, JsonDocument json) => (_path, _json) = (path, json);

    /// <summary>The whole of it.</summary>
    public ConfigurationPart Root => new(_json.RootElement, _path);

    /// <summary>Opens a file.</summary>
    /// <exception cref="PellucidException">It cannot be read, is empty, is too large to be a configuration, or is no JSON object.</exception>
    public static ConfigurationFile Open(string path)
    {
        try
        {
            var file = new FileInfo(path);
            // Looked at before opening: opening a pipe would wait for its writer.
            if (file.Length == 0) throw new PellucidException($"{path} is empty");
            if (file.Length > MaxBytes) throw new PellucidException($"{path} has {file.Length} bytes; a configuration has at most {MaxBytes}");
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads JSON, with or without a byte order mark.</summary>
    /// <param name="json">UTF-8; must not change while the file is in use.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="PellucidException">It is no JSON object.</exception>
    public static ConfigurationFile Parse(ReadOnlyMemory<byte> json, string path)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json);
        }
        catch (JsonException e)
        {
            throw new PellucidException($"{path} cannot be read as JSON: {e.Message}", e);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object) return new ConfigurationFile(path, document);
        document.Dispose();
        throw new PellucidException($"{path} is no configuration: it is no JSON object");
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
