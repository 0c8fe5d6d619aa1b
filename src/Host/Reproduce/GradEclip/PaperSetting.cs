using System.Text.RegularExpressions;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>Which of the paper's data sets and models a study is on, as far as files and layouts tell.</summary>
/// <param name="Data">One of <see cref="DataSets"/>; null for another data set.</param>
/// <param name="Model">One of <see cref="Models"/>; null for a model of another layout.</param>
internal sealed partial record PaperSetting(string? Data, string? Model)
{
    private const string ImageNet = "imagenet", ImageNetS = "imagenet-s", Coco = "coco";
    private const int ImageNetClasses = 1000, PublishedContext = 77;

    private static readonly (string Name, int Blocks, int Heads, int Width, int Side, int Patch)[] Layouts =
    [
        ("ViT-B/32", 12, 12, 768, 224, 32), ("ViT-B/16", 12, 12, 768, 224, 16), ("ViT-L/14", 24, 16, 1024, 224, 14), ("ViT-L/14@336px", 24, 16, 1024, 336, 14),
    ];

    /// <summary>Data sets that are known.</summary>
    public static readonly IReadOnlyList<string> DataSets = [ImageNet, ImageNetS, Coco];

    /// <summary>Models that are known.</summary>
    public static readonly IReadOnlyList<string> Models = [.. Layouts.Select(l => l.Name)];

    /// <summary>Looks at a data set and a model.</summary>
    /// <param name="reader">Id of the data set's reader.</param>
    /// <param name="items">Images taken.</param>
    /// <param name="labels">All classes of the data set.</param>
    /// <param name="model">The model.</param>
    public static PaperSetting Of(string reader, IReadOnlyList<DatasetItem> items, IReadOnlyList<string> labels, IVisionLanguageModel model) =>
        new(DataOf(reader, items, labels), ModelOf(model.Description, (model as IGraphModel)?.Layout(Modality.Image)));

    /// <summary>The published model that a layout is.</summary>
    public static string? ModelOf(ModelDescription description, TransformerLayout? layout)
    {
        if (layout is null || description.ContextLength != PublishedContext || description.Channels != 3 || description.ImageSize.Height != description.ImageSize.Width) return null;
        foreach ((string name, int blocks, int heads, int width, int side, int patch) in Layouts)
        {
            if ((layout.Blocks, layout.Heads, layout.Width, layout.PrefixTokens) == (blocks, heads, width, 1) && description.ImageSize.Height == side && layout.GridHeight == side / patch && layout.GridWidth == side / patch) return name;
        }

        return null;
    }

    /// <summary>The data set that images are of, by the names of their files: of ImageNet and MS COCO the parts for validation.</summary>
    public static string? DataOf(string reader, IReadOnlyList<DatasetItem> items, IReadOnlyList<string> labels) => reader switch
    {
        "imagenet" when items.Count > 0 && items.All(i => ImageNetFile().IsMatch(i.Image.Name)) =>
            items.All(i => i.Regions.Count > 0) ? ImageNetS : labels.Count == ImageNetClasses && items.All(i => i.Regions.Count == 0) ? ImageNet : null,
        "coco" or "karpathy" when items.Count > 0 && items.All(i => IsCoco(i.Image)) => Coco,
        _ => null,
    };

    [GeneratedRegex(@"^ILSVRC2012_val_\d{8}\.JPEG$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ImageNetFile();

    /// <summary>Of 2014 with its part in the name; of 2017 twelve digits alone, in a folder of its part.</summary>
    private static bool IsCoco(DatasetImage image) => CocoFile().Match(image.Name) is { Success: true } name
        && (name.Groups["part"].Success || (image is FileImage file && Path.GetFileName(Path.GetDirectoryName(file.Path)) == "val2017"));

    [GeneratedRegex(@"^(?<part>COCO_val2014_)?\d{12}\.jpg$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex CocoFile();
}
