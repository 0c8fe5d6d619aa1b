using System.IO.Compression;
using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.MedMnist;

/// <summary>
/// MedMNIST (Yang et al. 2023, "MedMNIST v2 - A large-scale lightweight benchmark for 2D and 3D biomedical image classification"): .npz archives with images
/// or volumes and labels. Pixels are read when they are asked for.
/// </summary>
/// <param name="options">Options.</param>
public sealed class MedMnistReader(MedMnistOptions options) : IDatasetReader
{
    private static readonly string[] Parts = ["train", "val", "test"];

    /// <summary>Makes the reader with the default options.</summary>
    public MedMnistReader()
        : this(new MedMnistOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "medmnist";

    /// <inheritdoc/>
    public string Summary => "MedMNIST: .npz archives with images or volumes and labels";

    /// <inheritdoc/>
    public Type OptionsType => typeof(MedMnistOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new MedMnistReader((MedMnistOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path)
    {
        IReadOnlyList<string> files = Files(path);
        if (files.Count == 0) return new DatasetProbe(false, "there is no .npz in it");
        string name = Path.GetFileName(files[0]);
        try
        {
            using ZipArchive archive = Open(files[0]);
            return Parts.Any(p => MedMnistPart.IsIn(archive, p)) ? new DatasetProbe(true, $"{name} has arrays of images") : new DatasetProbe(false, $"{name} has none of the arrays train_images, val_images and test_images");
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
        IReadOnlyList<string> files = Files(request.Path);
        if (files.Count == 0) throw new PellucidException($"'{request.Path}' has no .npz");
        foreach (string file in files)
        {
            using ZipArchive archive = Open(file);
            if (!Parts.Any(p => MedMnistPart.IsIn(archive, p))) throw new PellucidException($"{file}: it has none of the arrays train_images, val_images and test_images");
            MedMnistItems items = new(file, MedMnistClasses.Of(file, options), options.Volumes, request);
            foreach (string part in Parts.Where(p => MedMnistPart.IsIn(archive, p)))
            {
                MedMnistPart arrays = MedMnistPart.Open(file, archive, part);
                for (long index = 0; index < arrays.Images.Count; index++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    foreach (DatasetItem item in items.Of(arrays, index)) yield return item;
                }
            }
        }
    }

    private static IReadOnlyList<string> Files(string path) => File.Exists(path)
        ? path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? [Path.GetFullPath(path)] : []
        : FolderFiles.Files(path, "*.npz");

    private static ZipArchive Open(string file)
    {
        try
        {
            return new ZipArchive(DataFiles.Open(file), ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            throw new PellucidException($"{file}: this is no .npz archive, or a damaged one: {e.Message}", e);
        }
    }
}
