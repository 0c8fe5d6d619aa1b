using System.Runtime.InteropServices;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Vips;

/// <summary>
/// Starts libvips once for the process: one thread an image (the same bytes everywhere, and batches are parallel already), no
/// operation cache, no messages on the console, and of its many loaders only the four that are asked for.
/// </summary>
internal static unsafe class VipsLibrary
{
    private static readonly Lazy<bool> Started = new(Start);

    /// <exception cref="PellucidException">The native library is missing or of another platform.</exception>
    public static void EnsureStarted() => _ = Started.Value;

    /// <summary>The error text gathered so far as one line; empties it.</summary>
    public static string TakeError()
    {
        nint buffer = VipsNative.TakeErrors();
        if (buffer == 0) return "";
        try
        {
            string text = Marshal.PtrToStringUTF8(buffer) ?? "";
            return string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal));
        }
        finally
        {
            VipsNative.Free(buffer);
        }
    }

    private static bool Start()
    {
        try
        {
            if (VipsNative.Init("pellucid") != 0) throw new PellucidException($"libvips, which reads and writes images, did not start: {TakeError()}");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new PellucidException(
                "The native library libvips (vips-cpp), which reads and writes images, is not beside the program or does not fit this platform. "
                + "Build again: the build installs it with npm.", e);
        }

        const int allLevels = ~3;
        VipsNative.SetLogHandler("VIPS", allLevels, &Ignore, 0);
        VipsNative.SetLogHandler("GLib-GObject", allLevels, &Ignore, 0);
        VipsNative.SetConcurrency(1);
        VipsNative.SetCacheMax(0);
        VipsNative.BlockOperation("VipsForeignLoad", 1);
        foreach (string loader in new[] { "Png", "Jpeg", "Webp", "Tiff" }) VipsNative.BlockOperation($"VipsForeignLoad{loader}", 0);
        VipsNative.BlockUntrusted(1);
        return true;
    }

    [UnmanagedCallersOnly]
    private static void Ignore(nint domain, int level, nint message, nint data)
    {
    }
}
