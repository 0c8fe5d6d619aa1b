using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets;

/// <summary>A folder of image files, with or without folders in it. Ids are paths inside the folder; nothing else is known about the images.</summary>
public sealed class ImageFolderReader : IDatasetReader
{
    /// <inheritdoc/>
    public string Id => "image-folder";

    /// <inheritdoc/>
    public string Summary => "a folder of PNG, JPEG, WebP, TIFF or DICOM files";

    /// <inheritdoc/>
    public DatasetProbe Probe(string path)
    {
        if (!Directory.Exists(path)) return new DatasetProbe(false, "it is no folder");
        return ImageFiles.Of(path, below: true).Any() ? new DatasetProbe(true, "a folder of images") { IsGeneral = true } : new DatasetProbe(false, "there is no image file in it");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        if (!Directory.Exists(request.Path)) throw new PellucidException($"the data set '{request.Path}' is no folder");
        foreach (string file in ImageFiles.Of(request.Path, below: true).OrderBy(f => FolderFiles.Relative(request.Path, f), StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new DatasetItem { Id = FolderFiles.Relative(request.Path, file), Image = new FileImage(file), Location = new DatasetLocation(file) };
        }
    }
}
