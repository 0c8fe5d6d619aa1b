using System.Runtime.CompilerServices;
using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>
/// The split of COCO (and of Flickr8k and Flickr30k) that image-text retrieval is measured on: <c>dataset_coco.json</c> with five sentences an image
/// (Karpathy and Fei-Fei 2015, "Deep Visual-Semantic Alignments for Generating Image Descriptions").
/// </summary>
/// <param name="options">Options.</param>
public sealed class KarpathyReader(KarpathyOptions options) : IDatasetReader
{
    /// <summary>Makes the reader with the default options.</summary>
    public KarpathyReader()
        : this(new KarpathyOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "karpathy";

    /// <inheritdoc/>
    public string Summary => "the Karpathy split of COCO or Flickr: dataset_coco.json, dataset_flickr30k.json or dataset_flickr8k.json";

    /// <inheritdoc/>
    public Type OptionsType => typeof(KarpathyOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new KarpathyReader((KarpathyOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path)
    {
        string[] files = Files(path);
        if (files.Length == 0) return new DatasetProbe(false, "there is no dataset_*.json in it");
        string name = Path.GetFileName(files[0]);
        return JsonPeek.At(files[0], "images").HasFields("sentences", "filename")
            ? new DatasetProbe(true, $"has {name}")
            : new DatasetProbe(false, $"{name} has no images with sentences");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        string[] files = Files(request.Path);
        if (files.Length != 1)
            throw new PellucidException(files.Length == 0 ? $"'{request.Path}' has no dataset_*.json" : $"'{request.Path}' has several split files ({string.Join(", ", files.Select(f => Path.GetFileName(f)))}): name the file");
        string root = Path.GetDirectoryName(Path.GetFullPath(files[0]))!;
        ImagePlaces places = ImagePlaces.Of(options, root, [".", "images", "flickr30k-images", "Flicker8k_Dataset"]);
        HashSet<string> ids = new(StringComparer.Ordinal);
        using JsonRecords records = new(files[0]);
        while (records.Read(out JsonRecord record))
        {
            if (record.List != "images") continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (Item(record, places, request) is not { } item) continue;
            if (ids.Add(item.Id)) yield return item;
            else request.Reject(item.Location, $"the image '{item.Id}' stands there twice");
        }

        if (!records.Names.Contains("images", StringComparer.Ordinal)) throw new PellucidException($"{files[0]}: there is no list of images in it");
    }

    private static string[] Files(string path) => File.Exists(path)
        ? path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? [path] : []
        : [.. FolderFiles.Files(path, "dataset_*.json")];

    private static DatasetItem? Item(JsonRecord record, ImagePlaces places, DatasetRequest request)
    {
        if (record.IsRejected(request)) return null;
        using JsonDocument document = record.Parse();
        JsonElement image = document.RootElement;
        if (JsonFields.Text(image, "filename") is not { Length: > 0 } file) return Rejected("an image needs a filename (a text)");
        if (JsonFields.Text(image, "split") is not { Length: > 0 } split) return Rejected("an image needs a split (a text)");
        if (JsonFields.Property(image, "sentences") is not { ValueKind: JsonValueKind.Array } list) return Rejected("an image needs a list of sentences");
        string?[] sentences = [.. list.EnumerateArray().Select(s => JsonFields.Text(s, "raw")?.Trim())];
        if (sentences.Length == 0 || sentences.Any(string.IsNullOrEmpty)) return Rejected("it needs at least one sentence, each with a raw text");
        string name = JsonFields.Text(image, "filepath") is { Length: > 0 } folder ? $"{folder}/{file}" : file;
        if (places.Find(name, record.Location, request) is not { } found) return null;
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        foreach (string field in (ReadOnlySpan<string>)["cocoid", "imgid"])
        {
            if (JsonFields.TextOrNumber(image, field) is { } value) metadata[field] = value;
        }

        return new DatasetItem { Id = name, Image = found, Captions = sentences!, Split = split, Metadata = metadata, Location = record.Location };

        DatasetItem? Rejected(string problem)
        {
            request.Reject(record.Location, problem);
            return null;
        }
    }
}
