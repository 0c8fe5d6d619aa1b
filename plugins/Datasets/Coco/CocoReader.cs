using System.Runtime.CompilerServices;
using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>
/// Data sets with an <c>annotations.json</c> in COCO's form (Lin et al. 2014, Microsoft COCO) beside their images. Understood beyond it:
/// <c>phrase</c>, <c>attributes</c> and <c>position</c> of an annotation, <c>caption</c>, <c>captions</c> and <c>labels</c> of an image, captions in a list of their own.
/// </summary>
public sealed class CocoReader : IDatasetReader
{
    private const string FileName = "annotations.json";

    /// <inheritdoc/>
    public string Id => "coco";

    /// <inheritdoc/>
    public string Summary => "a folder with images and an annotations.json in COCO's form, or such a file";

    /// <inheritdoc/>
    public DatasetProbe Probe(string path)
    {
        string file = FileOf(path);
        if (!File.Exists(file)) return new DatasetProbe(false, $"there is no {FileName} in it");
        return Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? new DatasetProbe(true, $"has {Path.GetFileName(file)}")
            : new DatasetProbe(false, "it is no JSON file");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string file = FileOf(request.Path);
        using JsonDocument json = await OpenAsync(file, cancellationToken);
        CocoTables tables = CocoTables.Read(json.RootElement, file, request);
        HashSet<string> seen = new(StringComparer.Ordinal);
        int index = 0;
        foreach (JsonElement image in tables.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DatasetLocation location = new(file, Record: $"images[{index++}]");
            if (Item(image, tables, location, request) is not { } item) continue;
            if (seen.Add(item.Id)) yield return item;
            else request.Reject(location, $"the file name '{item.Id}' stands there twice");
        }
    }

    private static string FileOf(string path) => Directory.Exists(path) ? Path.Combine(path, FileName) : path;

    private static async Task<JsonDocument> OpenAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream stream = File.OpenRead(file);
            return await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        }
        catch (JsonException e)
        {
            throw new PellucidException($"{file}:{e.LineNumber + 1}: this is no JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the data set file {file} cannot be read: {e.Message}", e);
        }
    }

    private static DatasetItem? Item(JsonElement image, CocoTables tables, DatasetLocation location, DatasetRequest request)
    {
        if (CocoJson.Text(image, "file_name") is not { Length: > 0 } name || CocoJson.Id(image, "id") is not { } id)
        {
            request.Reject(location, "an image needs an id (a number) and a file_name (a text)");
            return null;
        }

        if (ImageFiles.Locate(Path.GetDirectoryName(Path.GetFullPath(location.File))!, name) is not { } path)
        {
            request.Reject(location, $"the file name '{name}' leads out of the data set's folder");
            return null;
        }

        CocoAnnotation[] annotations = [.. tables.Annotations[id]];
        return new DatasetItem
        {
            Id = name,
            Image = new FileImage(path),
            Location = location,
            Captions = CocoJson.Texts(image, "captions") ?? (CocoJson.Text(image, "caption") is { } caption ? [caption] : [.. tables.Captions[id]]),
            Labels = CocoJson.Texts(image, "labels") ?? [.. annotations.Select(a => a.Label).Distinct(StringComparer.Ordinal)],
            Regions = [.. annotations.Select(a => a.ToRegion())],
            Split = CocoJson.Text(image, "split"),
        };
    }
}
