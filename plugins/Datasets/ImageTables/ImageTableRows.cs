using System.Globalization;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Plugins.Datasets.Tables;

namespace Pellucid.Plugins.Datasets.ImageTables;

/// <summary>Reads the fields of rows. A row that cannot be used is rejected and null returned.</summary>
internal sealed class ImageTableRows(ImageTableColumns columns, ImageTableOptions options, ImagePlaces places, ImagePlaces masks, IImageReader images, DatasetRequest request)
{
    /// <summary>Path of a row's image, as it is written.</summary>
    public string? Name(DelimitedRow row)
    {
        if (row.Fields.Count != columns.Names.Count) return Rejected<string>(row, $"{row.Fields.Count} fields, the header has {columns.Names.Count}");
        if (row.IsDamaged) return Rejected<string>(row, "it has bytes that are no UTF-8");
        return row.Fields[columns.Image!.Value].Trim() is { Length: > 0 } name ? name : Rejected<string>(row, "it names no image");
    }

    /// <summary>The image of a row, without what the row says of it.</summary>
    public TableImage? Image(DelimitedRow row, string name) => places.Find(name, row.Location, request) is { } file ? new TableImage(name, file, row.Location) : null;

    /// <summary>Takes what a row says of its image; false where it cannot be used or the options leave it out.</summary>
    public bool Take(DelimitedRow row, TableImage image)
    {
        if (Field(row, columns.Split) is { } split)
        {
            if (image.Split is not null && image.Split != split) return Rejected<object>(row, $"the image '{image.Name}' is in the parts '{image.Split}' and '{split}'") is not null;
            image.Split = split;
        }

        List<string> labels = [], uncertain = [], blank = [];
        foreach (int column in columns.Labels)
        {
            string text = row.Fields[column].Trim();
            double value = 0;
            if (text.Length > 0 && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is 1 or 0 or -1))
                return Rejected<object>(row, $"the label '{columns.Names[column]}' is '{text}', 1, 0, -1 or nothing is needed") is not null;
            if (value < 0) uncertain.Add(columns.Names[column]);
            else if (text.Length == 0) blank.Add(columns.Names[column]);
            else if (value > 0) labels.Add(columns.Names[column]);
        }

        if ((uncertain.Count > 0 && options.Uncertain == UncertainLabels.LeaveOut) || (blank.Count > 0 && options.Blank == UncertainLabels.LeaveOut)) return false;
        if (options.Uncertain == UncertainLabels.Positive) labels.AddRange(uncertain);
        if (options.Blank == UncertainLabels.Positive) labels.AddRange(blank);
        if (Field(row, columns.Category) is { } category) labels.Add(category);
        string? caption = Field(row, columns.Text);
        if (!Region(row, caption ?? Field(row, columns.Category), out DatasetRegion? region)) return false;
        image.Add(caption, labels, region);
        image.Note("uncertain", uncertain);
        image.Note("not mentioned", blank);
        return true;
    }

    private static string? Field(DelimitedRow row, int? column) => column is { } c && row.Fields[c].Trim() is { Length: > 0 } text ? text : null;

    private bool Region(DelimitedRow row, string? name, out DatasetRegion? region)
    {
        region = null;
        string label = Field(row, columns.Category) ?? name ?? "region";
        if (Field(row, columns.Mask) is { } mask)
        {
            if (masks.Find(mask, row.Location, request) is not { } file) return false;
            region = new MaskRegion(name ?? label, label, token => new ValueTask<ImageMask>(AnyPixel.Load(images, file.Path, token)));
            return true;
        }

        if ((columns.Box ?? columns.Corners) is not { } fields) return true;
        string?[] texts = [.. fields.Select(f => Field(row, f))];
        if (texts.All(t => t is null)) return true;
        double[] box = new double[4];
        for (int i = 0; i < 4; i++)
        {
            if (double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out box[i]) && Math.Abs(box[i]) <= 1e6) continue;
            return Rejected<object>(row, $"{columns.Names[fields[i]]} of its box is '{texts[i]}', a number up to a million is needed") is not null;
        }

        if (columns.Box is null) (box[2], box[3]) = (box[2] - box[0], box[3] - box[1]);
        if (box[2] <= 0 || box[3] <= 0) return Rejected<object>(row, $"its box is {box[2]} wide and {box[3]} high") is not null;
        if (Outside(row, box) is { } outside) return Rejected<object>(row, outside) is not null;
        region = new BoxRegion(name ?? label, label, box[0], box[1], box[2], box[3]);
        return true;
    }

    private string? Outside(DelimitedRow row, double[] box)
    {
        if (!double.TryParse(Field(row, columns.Width), NumberStyles.Float, CultureInfo.InvariantCulture, out double width)
            || !double.TryParse(Field(row, columns.Height), NumberStyles.Float, CultureInfo.InvariantCulture, out double height)) return null;
        return box[0] < -1 || box[1] < -1 || box[0] + box[2] > width + 1 || box[1] + box[3] > height + 1
            ? $"its box ({box[2]} x {box[3]} at {box[0]}, {box[1]}) leaves the image of {width} x {height}" : null;
    }

    private T? Rejected<T>(DelimitedRow row, string problem)
        where T : class
    {
        request.Reject(row.Location, problem);
        return null;
    }
}
