using System.Globalization;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;

namespace Pellucid.Plugins.Datasets.MedMnist;

/// <summary>Makes items of the images and volumes of an archive.</summary>
/// <param name="file">The archive.</param>
/// <param name="classes">Names of its classes; null where nobody knows them: then they are numbers.</param>
/// <param name="volumes">What becomes of volumes.</param>
/// <param name="request">Takes what cannot be used.</param>
internal sealed class MedMnistItems(string file, IReadOnlyList<string>? classes, VolumeReading volumes, DatasetRequest request)
{
    private readonly string _name = Path.GetFileNameWithoutExtension(file);

    /// <summary>The items of an image (one) or volume (as many as the options want).</summary>
    public IEnumerable<DatasetItem> Of(MedMnistPart part, long index)
    {
        DatasetLocation location = new(file, Record: $"{part.Name}_images[{index}]");
        if (Labels(part, index, location) is not { } labels) yield break;
        if (part.Depth == 0)
        {
            yield return Item(part, index, null, labels, location);
            yield break;
        }

        if (volumes == VolumeReading.Refuse)
        {
            request.Reject(location, $"this is a volume of {part.Depth} x {part.Height} x {part.Width}, and models take images: volumes=slices or volumes=middle reads it as slices");
            yield break;
        }

        int first = volumes == VolumeReading.Middle ? part.Depth / 2 : 0, end = volumes == VolumeReading.Middle ? first + 1 : part.Depth;
        for (int slice = first; slice < end; slice++) yield return Item(part, index, slice, labels, location);
    }

    private DatasetItem Item(MedMnistPart part, long index, int? slice, IReadOnlyList<string> labels, DatasetLocation location)
    {
        string id = $"{_name}/{part.Name}/{index}" + (slice is { } s ? string.Create(CultureInfo.InvariantCulture, $"/{s}") : string.Empty);
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        if (slice is { } z)
        {
            metadata["slice"] = z.ToString(CultureInfo.InvariantCulture);
            metadata["volume"] = $"{_name}/{part.Name}/{index}, {part.Depth} x {part.Height} x {part.Width}, read as slices";
        }

        return new DatasetItem
        {
            Id = id,
            Image = new PixelImage(id, _ => new ValueTask<DecodedImage>(Load(part, index, slice ?? 0, id))),
            Labels = labels,
            Split = part.Name,
            Metadata = metadata,
            Location = location,
        };
    }

    private static DecodedImage Load(MedMnistPart part, long index, int slice, string id)
    {
        int bytes = part.Height * part.Width * part.Channels;
        return new DecodedImage(part.Width, part.Height, part.Channels == 3 ? PixelMode.Rgb : PixelMode.Gray, part.Images.Row(index).AsMemory(slice * bytes, bytes), id);
    }

    private IReadOnlyList<string>? Labels(MedMnistPart part, long index, DatasetLocation location)
    {
        long[] values = part.Labels(index);
        string? problem = null;
        List<string> labels = [];
        if (values.Length == 1)
        {
            if (values[0] < 0 || (classes is not null && values[0] >= classes.Count)) problem = $"its label is {values[0]}, there are {classes?.Count} classes";
            else labels.Add(Name(values[0]));
        }
        else if (classes is not null && classes.Count != values.Length) problem = $"it has {values.Length} labels, the class list {classes.Count} names";
        else
        {
            for (int i = 0; i < values.Length && problem is null; i++)
            {
                if (values[i] is not (0 or 1)) problem = $"label {i} is {values[i]}, 0 or 1 is needed where an image has several";
                else if (values[i] == 1) labels.Add(Name(i));
            }
        }

        if (problem is null) return labels;
        request.Reject(location, problem);
        return null;
    }

    private string Name(long number) => classes?[(int)number] ?? number.ToString(CultureInfo.InvariantCulture);
}
