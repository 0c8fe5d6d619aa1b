namespace Pellucid.Modeling.Imaging;

/// <summary>
/// What an image file may cost before it is refused. The file's header is checked before any pixel is decoded, so a small
/// file that unpacks to gigabytes stops there.
/// </summary>
public sealed record ImageLimits
{
    /// <summary>The limits that hold when none are given.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Bytes of the encoded file; 256 MiB.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>Columns; 32768.</summary>
    public int MaxWidth { get; init; } = 32768;

    /// <summary>Rows; 32768.</summary>
    public int MaxHeight { get; init; } = 32768;

    /// <summary>Columns x rows; 100 million.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Time that unpacking the pixels may take; 30 seconds.</summary>
    public TimeSpan MaxDecodeTime { get; init; } = TimeSpan.FromSeconds(30);
}
