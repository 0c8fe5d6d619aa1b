using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Tables;

namespace Pellucid.Plugins.Datasets.ConceptualCaptions;

/// <summary>
/// Conceptual Captions (Sharma et al. 2018; 12M: Changpinyo et al. 2021) with images that were downloaded: tab-separated captions and addresses without a
/// header, or captions and file paths with one. Nothing is fetched from the web.
/// </summary>
/// <param name="options">Options.</param>
public sealed class ConceptualCaptionsReader(ConceptualCaptionsOptions options) : IDatasetReader
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Makes the reader with the default options.</summary>
    public ConceptualCaptionsReader()
        : this(new ConceptualCaptionsOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "conceptual-captions";

    /// <inheritdoc/>
    public string Summary => "Conceptual Captions: a .tsv of captions and addresses or paths, with local images";

    /// <inheritdoc/>
    public Type OptionsType => typeof(ConceptualCaptionsOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new ConceptualCaptionsReader((ConceptualCaptionsOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path)
    {
        string[] tables = Tables(path);
        if (tables.Length == 0) return new DatasetProbe(false, "there is no .tsv in it");
        string name = Path.GetFileName(tables[0]);
        try
        {
            using DelimitedReader table = DelimitedReader.Tsv(tables[0]);
            return CaptionColumns.Of(table.Read()) is not null ? new DatasetProbe(true, $"has {name} with captions and images") : new DatasetProbe(false, $"{name} has no columns of captions and images");
        }
        catch (PellucidException e)
        {
            return new DatasetProbe(false, e.Message);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        string[] tables = Tables(request.Path);
        if (tables.Length == 0) throw new PellucidException($"'{request.Path}' has no .tsv");
        // Ids are told apart by a hash: with millions of rows the texts would not be small.
        HashSet<UInt128> seen = [];
        foreach (string file in tables)
        {
            string part = Path.GetFileNameWithoutExtension(file);
            string root = Path.GetDirectoryName(Path.GetFullPath(file))!;
            ImagePlaces places = ImagePlaces.Of(options, root, [".", "images", part], Endings);
            using DelimitedReader table = DelimitedReader.Tsv(file);
            DelimitedRow? row = table.Read();
            CaptionColumns columns = CaptionColumns.Of(row) ?? throw new PellucidException($"{file}:{row?.Line ?? 1}: a caption and an address with a tab between are needed, or a header such as 'title<tab>filepath'");
            if (columns.HasHeader) row = table.Read();
            for (long number = 0; row is not null; row = table.Read(), number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Item(row, number, columns, places, tables.Length > 1 ? part : null, request) is not { } item) continue;
                if (seen.Add(ShortHash.Of(item.Id))) yield return item;
                else request.Reject(item.Location, $"the image '{item.Id}' stands there twice");
            }
        }
    }

    private static string[] Tables(string path) => File.Exists(path)
        ? path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? [path] : []
        : [.. FolderFiles.Files(path, "*.tsv")];

    private DatasetItem? Item(DelimitedRow row, long number, CaptionColumns columns, ImagePlaces places, string? part, DatasetRequest request)
    {
        string? problem = row.Fields.Count <= Math.Max(columns.Caption, columns.Image) ? $"{row.Fields.Count} fields, a caption and an image are needed"
            : row.IsDamaged ? "it has bytes that are no UTF-8"
            : string.IsNullOrWhiteSpace(row.Fields[columns.Caption]) ? "its caption is empty"
            : string.IsNullOrWhiteSpace(row.Fields[columns.Image]) ? "it names no image" : null;
        if (problem is null && LocalName.Of(row.Fields[columns.Image].Trim(), number, options.Naming) is { } name)
        {
            if (places.Find(name, row.Location, request) is not { } image) return null;
            return new DatasetItem
            {
                Id = part is null ? name : $"{part}/{name}",
                Image = image,
                Captions = [row.Fields[columns.Caption].Trim()],
                Split = part,
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["image"] = row.Fields[columns.Image] },
                Location = row.Location,
            };
        }

        request.Reject(row.Location, problem ?? $"the address '{row.Fields[columns.Image]}' has no file name; say how the images are named (naming=row, md5 or row-crc32)");
        return null;
    }
}
