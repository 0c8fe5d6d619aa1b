using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.ImageNet;

/// <summary>
/// ImageNet (Deng et al. 2009) and its relatives -A, -R, -Sketch and -V2: a folder for each class, in parts or not; and ImageNet-S with its masks beside
/// them. Other data sets with a folder for each class too, where the reader is named.
/// </summary>
/// <param name="images">Reads masks.</param>
/// <param name="options">Options.</param>
public sealed class ImageNetReader(IImageReader images, ImageNetOptions options) : IDatasetReader
{
    /// <summary>Makes the reader with the default options.</summary>
    /// <param name="images">Reads masks.</param>
    public ImageNetReader(IImageReader images)
        : this(images, new ImageNetOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "imagenet";

    /// <inheritdoc/>
    public string Summary => "ImageNet, -A, -R, -Sketch and -S: a folder for each class, named after WordNet ids";

    /// <inheritdoc/>
    public Type OptionsType => typeof(ImageNetOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new ImageNetReader(images, (ImageNetOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path)
    {
        if (!Directory.Exists(path)) return new DatasetProbe(false, "it is no folder");
        return ClassFolders.HasWordNetIds(path) || FolderFiles.Folders(path).Any(ClassFolders.HasWordNetIds)
            ? new DatasetProbe(true, "has folders named after WordNet ids")
            : new DatasetProbe(false, "no folder in it is named after a WordNet id");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        IReadOnlyList<ClassFolders> parts = Parts(request.Path);
        ClassNames names = ClassNames.Of(request.Path, options, [.. parts.SelectMany(p => p.Classes).Select(c => Path.GetFileName(c)).Distinct(StringComparer.Ordinal)]);
        foreach (ClassFolders part in parts)
        {
            MaskClasses? masks = part.Masks is null ? null : MaskClasses.Of(request.Path, options, part);
            foreach (string folder in part.Classes)
            {
                if (names.Of(Path.GetFileName(folder), new DatasetLocation(folder), request) is not { } label) continue;
                foreach (string file in ImageFiles.Of(folder).Order(StringComparer.Ordinal))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (Item(request, part, masks, folder, label, file) is { } item) yield return item;
                }
            }
        }
    }

    private IReadOnlyList<ClassFolders> Parts(string path)
    {
        IReadOnlyList<ClassFolders> parts = ClassFolders.In(path);
        if (parts.Count == 0) throw new PellucidException($"'{path}' has no folders of classes with images in them");
        if (options.Part.Length == 0) return parts;
        string[] names = [.. parts.Select(p => p.Name).OfType<string>()];
        return parts.FirstOrDefault(p => p.Name == options.Part) is { } part ? [part]
            : throw new PellucidException($"'{path}' has no part '{options.Part}'; it has {(names.Length == 0 ? "none" : string.Join(", ", names))}{NearestNames.Suffix(options.Part, names)}");
    }

    private DatasetItem? Item(DatasetRequest request, ClassFolders part, MaskClasses? masks, string folder, string label, string file)
    {
        DatasetLocation location = new(file);
        string id = Path.GetFileName(folder);
        List<DatasetRegion> regions = [];
        if (masks is not null)
        {
            string mask = Path.Combine(part.Masks!, id, Path.GetFileNameWithoutExtension(file) + ".png");
            string? problem = masks[id] is null ? $"'{id}' is none of the classes that masks have values for" : File.Exists(mask) ? null : $"its mask '{mask}' does not exist";
            if (problem is not null)
            {
                request.Reject(location, problem);
                return null;
            }

            int value = masks[id]!.Value;
            regions.Add(new MaskRegion(label, label, token => new ValueTask<ImageMask>(ValueMask.Load(images, mask, value, token))));
        }

        return new DatasetItem
        {
            Id = FolderFiles.Relative(request.Path, file),
            Image = new FileImage(file),
            Labels = [label],
            Captions = options.Template.Length > 0 ? [options.Template.Replace("{label}", label, StringComparison.Ordinal)] : [],
            Regions = regions,
            Split = part.Name,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["class"] = id },
            Location = location,
        };
    }
}
