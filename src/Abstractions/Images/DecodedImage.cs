using System.Security.Cryptography;
using System.Text;

namespace Pellucid.Abstractions.Images;

/// <summary>
/// An image as raw pixels: rows from top to bottom, pixels from left to right, channels interleaved, no padding.
/// Immutable; safe to share among threads.
/// </summary>
public sealed class DecodedImage
{
    private readonly Lazy<string> _contentHash;

    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="mode">What a pixel holds.</param>
    /// <param name="pixels">width x height x <see cref="PixelModeExtensions.BytesPerPixel"/> bytes; must not be changed afterwards.</param>
    /// <param name="source">File name or another label for messages and reports; null if there is none.</param>
    /// <param name="contentHash">SHA-256 of the encoded file in lower-case hexadecimal; null to hash the pixels when asked.</param>
    /// <param name="orientation">EXIF orientation, 1 to 8. Recorded only: like Pillow's open, nothing here turns the pixels.</param>
    /// <exception cref="ArgumentException">The number of bytes does not fit the size and mode.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or the orientation is none of 1 to 8.</exception>
    public DecodedImage(
        int width, int height, PixelMode mode, ReadOnlyMemory<byte> pixels,
        string? source = null, string? contentHash = null, int orientation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(orientation, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(orientation, 8);
        long expected = (long)width * height * mode.BytesPerPixel();
        if (pixels.Length != expected)
            throw new ArgumentException($"{width} x {height} {mode} pixels take {expected} bytes, got {pixels.Length}", nameof(pixels));
        Width = width;
        Height = height;
        Mode = mode;
        Pixels = pixels;
        Source = source;
        Orientation = orientation;
        _contentHash = contentHash is null ? new Lazy<string>(HashPixels) : new Lazy<string>(contentHash);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>What a pixel holds.</summary>
    public PixelMode Mode { get; }

    /// <summary>The pixels, [Height, Width, channels].</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>File name or another label, for messages and reports.</summary>
    public string? Source { get; }

    /// <summary>EXIF orientation, 1 (upright) to 8. The pixels are as stored in the file, not turned.</summary>
    public int Orientation { get; }

    /// <summary>
    /// SHA-256 in lower-case hexadecimal: of the encoded file for a decoded image, of size, mode and pixels for one made in memory.
    /// </summary>
    public string ContentHash => _contentHash.Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Source ?? "image"} ({Width} x {Height} {Mode})";

    private string HashPixels()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{Width}x{Height}:{Mode}\n"));
        hash.AppendData(Pixels.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
