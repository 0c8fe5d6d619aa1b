using System.Security.Cryptography;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging.Dicom;
using Pellucid.Modeling.Imaging.Vips;

namespace Pellucid.Modeling.Imaging;

/// <summary>
/// Reads PNG, JPEG, WebP and TIFF files of any bit depth and colour mode into the pixels and mode that Pillow's <c>Image.open</c>
/// gives, and DICOM files with GDCM, as a viewer shows them. Of several pages or frames the first is taken (of DICOM files only single frames). Colour profiles and the EXIF orientation are not applied, as in Pillow.
/// Thread-safe.
/// </summary>
public static class ImageDecoder
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="limits">What it may cost; null for <see cref="ImageLimits.Default"/>.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <exception cref="PellucidException">The file is missing, unreadable, no image of these formats, damaged or over a limit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DecodedImage Decode(string path, ImageLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= ImageLimits.Default;
        byte[] file;
        try
        {
            if (Directory.Exists(path)) throw new PellucidException($"{path} is a folder, not an image file.");

            // Looked at before opening: opening a pipe would wait for its writer.
            var info = new FileInfo(path);
            if (!info.Exists) throw new FileNotFoundException();
            if (((info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) ?? info).Length == 0) throw new PellucidException($"The image file {path} is empty.");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            CheckFileBytes(path, stream.Length, limits);
            file = new byte[stream.Length];
            stream.ReadExactly(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PellucidException($"There is no image file {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new PellucidException($"The image file {path} cannot be read: {e.Message}", e);
        }

        return Decode(file, path, limits, cancellationToken);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">The whole encoded file.</param>
    /// <param name="name">Its name, for messages and <see cref="DecodedImage.Source"/>.</param>
    /// <param name="limits">What it may cost; null for <see cref="ImageLimits.Default"/>.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <exception cref="PellucidException">No image of these formats, damaged or over a limit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static unsafe DecodedImage Decode(
        ReadOnlyMemory<byte> file, string name, ImageLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        limits ??= ImageLimits.Default;
        CheckFileBytes(name, file.Length, limits);
        cancellationToken.ThrowIfCancellationRequested();
        ImageFormat format = ImageFormats.Detect(file.Span);
        if (format == ImageFormat.Dicom) return DicomDecoder.Decode(file, name, limits, (width, height) => CheckSize(name, width, height, limits), cancellationToken);
        string loader = LoaderOf(format, name);
        VipsLibrary.EnsureStarted();
        using System.Buffers.MemoryHandle pin = file.Pin();
        nint source = VipsNative.NewSource(pin.Pointer, (nuint)file.Length);
        if (source == 0) throw new InvalidOperationException($"libvips made no source: {VipsLibrary.TakeError()}");
        try
        {
            using VipsOperation load = new VipsOperation(loader)
                .With("source", source).With("access", "sequential").With("fail-on", "error");
            using VipsImage header = load.ToImage();
            CheckSize(name, header.Width, header.Height, limits);
            (PixelMode mode, VipsImage image, bool grayToColor) = VipsPixels.Normalize(header, format, file.Span, name);
            using (image)
            {
                (int width, int height, int orientation) = (image.Width, image.Height, header.Orientation);
                long bytes = (long)width * height * mode.BytesPerPixel();
                if (bytes > Array.MaxLength) throw new PellucidException($"{name} unpacks to {bytes} bytes, more than one array can hold ({Array.MaxLength}). Give a smaller image.");
                var pixels = new byte[grayToColor ? (long)width * height * (mode.Channels() - 2) : bytes];
                image.WriteTo(pixels, limits.MaxDecodeTime, cancellationToken);
                if (grayToColor) pixels = RepeatGray(pixels, mode.Channels());
                return new DecodedImage(width, height, mode, pixels, name, Convert.ToHexStringLower(SHA256.HashData(file.Span)), orientation);
            }
        }
        catch (VipsException e)
        {
            throw new PellucidException($"The {format.ToString().ToUpperInvariant()} image {name} is damaged or incomplete: {e.Message}.", e);
        }
        catch (TimeoutException e)
        {
            throw new ImageLimitException(
                $"{name} took longer than {limits.MaxDecodeTime.TotalSeconds} s to decode ({nameof(ImageLimits.MaxDecodeTime)}) and was stopped.", nameof(ImageLimits.MaxDecodeTime), e);
        }
        finally
        {
            VipsNative.Unref(source);
        }
    }

    /// <summary>Grey (and alpha) to three equal colours (and alpha).</summary>
    private static byte[] RepeatGray(byte[] gray, int channels)
    {
        int step = channels - 2;
        var color = new byte[gray.Length / step * channels];
        for (int i = 0, o = 0; i < gray.Length; i += step, o += channels)
        {
            color[o] = color[o + 1] = color[o + 2] = gray[i];
            if (step == 2) color[o + 3] = gray[i + 1];
        }

        return color;
    }

    private static void CheckFileBytes(string name, long bytes, ImageLimits limits)
    {
        if (bytes == 0) throw new PellucidException($"The image file {name} is empty.");
        if (bytes > limits.MaxFileBytes) throw Over(name, $"is {bytes} bytes long", limits.MaxFileBytes, nameof(ImageLimits.MaxFileBytes));
    }

    private static void CheckSize(string name, int width, int height, ImageLimits limits)
    {
        if (width > limits.MaxWidth) throw Over(name, $"is {width} pixels wide", limits.MaxWidth, nameof(ImageLimits.MaxWidth));
        if (height > limits.MaxHeight) throw Over(name, $"is {height} pixels high", limits.MaxHeight, nameof(ImageLimits.MaxHeight));
        long pixels = (long)width * height;
        if (pixels > limits.MaxPixels) throw Over(name, $"has {width} x {height} = {pixels} pixels", limits.MaxPixels, nameof(ImageLimits.MaxPixels));
    }

    private static PellucidException Over(string name, string what, long limit, string option) =>
        new ImageLimitException($"The image {name} {what}; the limit {option} is {limit}.", option);

    private static string LoaderOf(ImageFormat format, string name) => format switch
    {
        ImageFormat.Png => "pngload_source",
        ImageFormat.Jpeg => "jpegload_source",
        ImageFormat.Webp => "webpload_source",
        ImageFormat.Tiff => "tiffload_source",
        ImageFormat.Unknown when Path.GetExtension(name).ToUpperInvariant() is ".DCM" or ".DICOM" =>
            throw new PellucidException($"{name} is no DICOM file: 'DICM' does not stand behind its first 128 bytes. Files without that preamble must be rewritten with it first, by gdcmconv for one."),
        ImageFormat.Unknown => throw new PellucidException($"{name} is no image: it starts like none of PNG, JPEG, WebP, TIFF and DICOM, the formats that are read."),
        _ => throw new PellucidException($"{name} is a {format.ToString().ToUpperInvariant()} file; PNG, JPEG, WebP, TIFF and DICOM are read. Convert it first."),
    };
}
