using System.Runtime.CompilerServices;
using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>
/// COCO (Lin et al. 2014, "Microsoft COCO: Common Objects in Context"): instances and captions of its sets, or one <c>annotations.json</c> beside its
/// images. Understood beyond it: <c>phrase</c>, <c>attributes</c> and <c>position</c> of an annotation; <c>caption</c>, <c>captions</c>, <c>labels</c> and <c>split</c> of an image; captions
/// in a list of their own. Files are read twice: once for where each annotation lies, once for the images; segmentations are read when they are asked for.
/// </summary>
/// <param name="options">Options.</param>
public sealed class CocoReader(CocoOptions options) : IDatasetReader
{
    /// <summary>Makes the reader with the default options.</summary>
    public CocoReader()
        : this(new CocoOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "coco";

    /// <inheritdoc/>
    public string Summary => "COCO: instances_*.json and captions_*.json with their images, a folder with annotations.json, or such a file";

    /// <inheritdoc/>
    public Type OptionsType => typeof(CocoOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new CocoReader((CocoOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path)
    {
        if (File.Exists(path) && !Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)) return new DatasetProbe(false, "it is no JSON file");
        IReadOnlyList<CocoSet> sets = CocoSet.In(path);
        if (sets.Count == 0) return new DatasetProbe(false, $"there is no {CocoSet.SingleFile}, instances_*.json or captions_*.json in it");
        string file = sets[0].Files[0], name = Path.GetFileName(file);
        JsonPeek peek = JsonPeek.At(file, "images");
        // A damaged file of the right name is this reader's to complain about.
        if (peek.Problem is not null) return new DatasetProbe(!File.Exists(path), $"{name} is damaged: {peek.Problem}");
        // In a folder the name of the file is mark enough: what is wrong with it is said when it is read.
        bool karpathy = peek.HasFields("sentences");
        return !karpathy && (peek.Names.Contains("images", StringComparer.Ordinal) || peek.Names.Contains("annotations", StringComparer.Ordinal) || !File.Exists(path))
            ? new DatasetProbe(true, $"has {name}")
            : new DatasetProbe(false, $"{name} has no lists of images and annotations as COCO's files have");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (CocoSet set in CocoSet.In(request.Path, options.Set))
        {
            CocoIndex index = CocoIndex.Read(set.Files, request, cancellationToken);
            using CocoItems items = new(set, index, ImagePlaces.Of(options, set.Root, set.ImageFolders), request);
            foreach (DatasetItem item in items.Read(cancellationToken))
            {
                if (names.Add(item.Id)) yield return item;
                else request.Reject(item.Location, $"the file name '{item.Id}' stands there twice");
            }
        }
    }
}
