using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Tables;

namespace Pellucid.Plugins.Datasets.ImageTables;

/// <summary>Which columns of a table say what.</summary>
internal sealed class ImageTableColumns
{
    private static readonly string[] Findings =
    [
        "No Finding", "Enlarged Cardiomediastinum", "Cardiomegaly", "Lung Lesion", "Lung Opacity", "Edema", "Consolidation", "Pneumonia", "Atelectasis",
        "Pneumothorax", "Pleural Effusion", "Pleural Other", "Fracture", "Support Devices",
    ];

    public ImageTableColumns(TableColumns columns)
    {
        Names = columns.Names;
        Image = columns.Find("path", "image_path", "img_path", "filepath", "filename", "file_name", "image", "image_id");
        Text = columns.Find("label_text", "caption", "sentence", "text");
        Category = columns.Find("category_name", "class_name", "finding label", "category", "label", "class");
        Mask = columns.Find("mask", "mask_path", "segmentation");
        Split = columns.Find("split");
        Width = columns.Find("image_width");
        Height = columns.Find("image_height");
        Box = Four(columns, "x", "y", "w", "h") ?? Four(columns, "bbox_x", "bbox_y", "bbox_w", "bbox_h");
        Corners = Four(columns, "xmin", "ymin", "xmax", "ymax") ?? Four(columns, "x_min", "y_min", "x_max", "y_max");
        Labels = [.. Findings.Select(f => columns.Find(f)).OfType<int>().Order()];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Path of the image.</summary>
    public int? Image { get; }

    /// <summary>A text that is true of the image or of the region.</summary>
    public int? Text { get; }

    /// <summary>Class of the image or of the region.</summary>
    public int? Category { get; }

    /// <summary>Path of a mask.</summary>
    public int? Mask { get; }

    public int? Split { get; }

    public int? Width { get; }

    public int? Height { get; }

    /// <summary>x, y, width, height.</summary>
    public int[]? Box { get; }

    /// <summary>Left, top, right, bottom.</summary>
    public int[]? Corners { get; }

    /// <summary>Columns of 1, 0, -1 or nothing.</summary>
    public IReadOnlyList<int> Labels { get; private set; }

    /// <summary>Whether a row is about a region or a text, so that an image may have many.</summary>
    public bool ManyRows => Box is not null || Corners is not null || Mask is not null || Text is not null || Category is not null;

    /// <summary>What a table lacks; null where nothing.</summary>
    public string? Lack => Image is null ? "it has no column with the path of the image (path, image_path, filename ...)"
        : !ManyRows && Labels.Count == 0 ? "it has neither boxes (x, y, w, h), masks, texts, classes nor labels that are known; name the columns of labels with labels=[...]" : null;

    /// <summary>The columns of a table with the options' labels.</summary>
    /// <exception cref="PellucidException">A column is missing.</exception>
    public static ImageTableColumns Of(DelimitedRow header, ImageTableOptions options)
    {
        TableColumns columns = new(header);
        ImageTableColumns found = new(columns);
        if (options.Labels.Count > 0) found.Labels = [.. options.Labels.Select(l => columns.Need(l))];
        return found.Lack is { } lack ? throw new PellucidException($"{header.File}: {lack}; its columns are {string.Join(", ", columns.Names)}") : found;
    }

    private static int[]? Four(TableColumns columns, string a, string b, string c, string d) =>
        columns.Find(a) is { } first && columns.Find(b) is { } second && columns.Find(c) is { } third && columns.Find(d) is { } fourth ? [first, second, third, fourth] : null;
}
