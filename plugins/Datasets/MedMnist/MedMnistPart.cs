using System.Buffers.Binary;
using System.IO.Compression;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.MedMnist;

/// <summary>Images and labels of a part (train, val, test) of an archive.</summary>
internal sealed class MedMnistPart
{
    private const int LongestSide = 32768;
    private readonly NpzArray _labels;

    private MedMnistPart(string file, string name, NpzArray images, NpzArray labels)
    {
        File = file;
        Name = name;
        Images = images;
        _labels = labels;
        IReadOnlyList<long> shape = images.Header.Shape;
        Channels = shape.Count >= 4 && shape[^1] is 3 ? 3 : 1;
        long[] sizes = [.. shape.Skip(1).Take(shape.Count - 1 - (Channels == 3 || (shape.Count == 4 && shape[^1] == 1) ? 1 : 0))];
        if (images.Header.ElementSize != 1 || images.Header.Type[^2] != 'u') throw Wrong($"its images are of the type {images.Header.Type}, bytes (u1) are needed");
        if (sizes.Length is not (2 or 3) || sizes.Any(s => s is < 1 or > LongestSide)) throw Wrong($"its images have the shape [{string.Join(", ", shape)}], [N, H, W], [N, H, W, 3] or [N, D, H, W] are needed, with sides up to {LongestSide}");
        if (sizes.Length == 3 && sizes[0] > 4096) throw Wrong($"its volumes have {sizes[0]} slices");
        (Depth, Height, Width) = (sizes.Length == 3 ? (int)sizes[0] : 0, (int)sizes[^2], (int)sizes[^1]);
        if (labels.Header.Shape.Count > 2) throw Wrong($"its labels have the shape [{string.Join(", ", labels.Header.Shape)}], [N] or [N, K] is needed");
        if (labels.Header.Type[^2] is not ('u' or 'i' or 'b') || (labels.Header.Type[0] == '>' && labels.Header.ElementSize > 1)) throw Wrong($"its labels are of the type {labels.Header.Type}, whole numbers are needed");
        if (labels.Count != images.Count) throw Wrong($"it has {images.Count} images and {labels.Count} labels");
        if (LabelCount > 4096) throw Wrong($"each image has {LabelCount} labels");
    }

    public string File { get; }

    public string Name { get; }

    public NpzArray Images { get; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; }

    /// <summary>Number of slices; 0 for images.</summary>
    public int Depth { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>1 where a label is the number of a class; else each says whether the image is of a class.</summary>
    public int LabelCount => _labels.Header.Shape.Count == 1 ? 1 : (int)Math.Min(_labels.Header.Shape[1], int.MaxValue);

    /// <summary>Whether an archive has a part.</summary>
    public static bool IsIn(ZipArchive archive, string name) => archive.GetEntry($"{name}_images.npy") is not null;

    /// <summary>Opens a part.</summary>
    /// <exception cref="PellucidException">Its arrays cannot be used.</exception>
    public static MedMnistPart Open(string file, ZipArchive archive, string name) => new(
        file,
        name,
        NpzArray.Open(file, archive.GetEntry($"{name}_images.npy")!),
        NpzArray.Open(file, archive.GetEntry($"{name}_labels.npy") ?? throw new PellucidException($"{file}: there is no array {name}_labels beside {name}_images")));

    /// <summary>Labels of an image.</summary>
    public long[] Labels(long index)
    {
        ReadOnlySpan<byte> row = _labels.Row(index);
        bool signed = _labels.Header.Type[^2] == 'i';
        int size = _labels.Header.ElementSize;
        long[] labels = new long[LabelCount];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<byte> at = row.Slice(i * size, size);
            labels[i] = size switch
            {
                1 => signed ? (sbyte)at[0] : at[0],
                2 => signed ? BinaryPrimitives.ReadInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at),
                4 => signed ? BinaryPrimitives.ReadInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at),
                8 => BinaryPrimitives.ReadInt64LittleEndian(at),
                _ => throw Wrong($"its labels are of the type {_labels.Header.Type}"),
            };
        }

        return labels;
    }

    private PellucidException Wrong(string problem) => new($"{File}: the part {Name} cannot be used: {problem}");
}
