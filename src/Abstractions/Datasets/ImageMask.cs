using System.Security.Cryptography;

namespace Pellucid.Abstractions.Datasets;

/// <summary>Which pixels of an image, at its own size, belong to a region. Immutable.</summary>
public sealed class ImageMask
{
    private readonly bool[] _pixels;
    private readonly Lazy<string> _contentHash;

    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="pixels">[height, width] row-major; must not be changed afterwards.</param>
    /// <exception cref="ArgumentException">The number of pixels does not fit the size.</exception>
    public ImageMask(int height, int width, bool[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != (long)height * width) throw new ArgumentException($"a mask of {height} x {width} has {(long)height * width} pixels, not {pixels.LongLength}", nameof(pixels));
        Height = height;
        Width = width;
        _pixels = pixels;
        _contentHash = new Lazy<string>(Hash);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>[Height, Width] row-major: whether a pixel belongs to the region.</summary>
    public ReadOnlySpan<bool> Pixels => _pixels;

    /// <summary>Number of pixels in the region.</summary>
    public int Area => _pixels.AsSpan().Count(true);

    /// <summary>SHA-256 (lower-case hexadecimal) of size and pixels.</summary>
    public string ContentHash => _contentHash.Value;

    /// <summary>The pixels that belong to any of several regions.</summary>
    /// <param name="masks">At least one, all of one size.</param>
    /// <exception cref="ArgumentException">There is none, or the sizes differ.</exception>
    public static ImageMask Union(IReadOnlyList<ImageMask> masks)
    {
        ArgumentNullException.ThrowIfNull(masks);
        if (masks.Count == 0) throw new ArgumentException("there is no mask", nameof(masks));
        if (masks.Count == 1) return masks[0];
        bool[] pixels = new bool[masks[0]._pixels.Length];
        foreach (ImageMask mask in masks)
        {
            if (mask.Height != masks[0].Height || mask.Width != masks[0].Width)
                throw new ArgumentException($"masks of {masks[0].Height} x {masks[0].Width} and {mask.Height} x {mask.Width} do not belong to one image", nameof(masks));
            for (int i = 0; i < pixels.Length; i++) pixels[i] |= mask._pixels[i];
        }

        return new ImageMask(masks[0].Height, masks[0].Width, pixels);
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes($"{Height}x{Width}\n"));
        hash.AppendData(Array.ConvertAll(_pixels, p => p ? (byte)1 : (byte)0));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
