using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Tables;

namespace Pellucid.Plugins.Datasets.ImageTables;

/// <summary>
/// Tables of images as chest X-ray data sets have them: labels of 1, 0, -1 or nothing (Irvin et al. 2019, "CheXpert"), or phrases with boxes, many rows an
/// image (Boecking et al. 2022, MS-CXR); masks and captions too. Rows of an image need not stand together: with boxes, masks or texts the table is kept,
/// in small records, until it is read; with labels alone it is streamed.
/// </summary>
/// <param name="images">Reads masks.</param>
/// <param name="options">Options.</param>
public sealed class ImageTableReader(IImageReader images, ImageTableOptions options) : IDatasetReader
{
    private static readonly string[] Endings = [".jpg", ".png", ".jpeg", ".dcm"];

    /// <summary>Makes the reader with the default options.</summary>
    /// <param name="images">Reads masks.</param>
    public ImageTableReader(IImageReader images)
        : this(images, new ImageTableOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "image-table";

    /// <inheritdoc/>
    public string Summary => "a .csv of images with labels (CheXpert), boxes and phrases (MS-CXR), masks or captions";

    /// <inheritdoc/>
    public Type OptionsType => typeof(ImageTableOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new ImageTableReader(images, (ImageTableOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path)
    {
        if (File.Exists(Path.Combine(path, Coco.CocoSet.SingleFile))) return new DatasetProbe(false, $"its {Coco.CocoSet.SingleFile} goes before tables; name the .csv itself");
        if (Tables(path) is [var file, ..]) return new DatasetProbe(true, $"{Path.GetFileName(file)} has columns of images with what is known of them");
        return new DatasetProbe(false, "there is no .csv with a column of image paths and one of boxes, masks, texts, classes or CheXpert's findings");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        // A file that is named is read, so that what it lacks can be said.
        IReadOnlyList<string> files = File.Exists(request.Path) ? [request.Path] : options.Labels.Count > 0 ? FolderFiles.Files(request.Path, "*.csv") : Tables(request.Path);
        if (files.Count == 0) throw new PellucidException($"'{request.Path}' has no .csv with columns that are known; name the file to read why");
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            foreach (TableImage image in Read(file, request, cancellationToken))
            {
                image.Split ??= files.Count > 1 ? Path.GetFileNameWithoutExtension(file) : null;
                DatasetItem item = image.ToItem();
                if (ids.Add(item.Id)) yield return item;
                else request.Reject(item.Location, $"the image '{item.Id}' stands there twice");
            }
        }
    }

    private static IReadOnlyList<string> Tables(string path) => File.Exists(path)
        ? path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && IsKnown(path) ? [path] : []
        : [.. FolderFiles.Files(path, "*.csv").Where(IsKnown)];

    private static bool IsKnown(string file) => TableColumns.Peek(file) is { } columns && new ImageTableColumns(columns).Lack is null;

    private IEnumerable<TableImage> Read(string file, DatasetRequest request, CancellationToken cancellationToken)
    {
        using DelimitedReader table = DelimitedReader.Csv(file);
        ImageTableColumns columns = ImageTableColumns.Of(table.Read() ?? throw new PellucidException($"{file}: the table is empty"), options);
        string root = Path.GetDirectoryName(Path.GetFullPath(file))!;
        // CheXpert's paths begin with the name of the data set's own folder; MS-CXR's end with .dcm where many have JPEG files.
        ImagePlaces places = ImagePlaces.Of(options, root, [".", "images", "files"], Endings, rootInNames: true);
        ImageTableRows rows = new(columns, options, places, new ImagePlaces([root], options.MissingImages), images, request);
        Dictionary<string, TableImage> kept = new(StringComparer.Ordinal);
        List<TableImage> order = [];
        while (table.Read() is { } row)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.Name(row) is not { } name) continue;
            bool known = kept.TryGetValue(name, out TableImage? image);
            image ??= rows.Image(row, name);
            if (image is null || !rows.Take(row, image)) continue;
            if (!columns.ManyRows) yield return image;
            else if (!known)
            {
                kept.Add(name, image);
                order.Add(image);
            }
        }

        foreach (TableImage image in order) yield return image;
    }
}
