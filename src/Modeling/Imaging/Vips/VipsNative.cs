using System.Runtime.InteropServices;

namespace Pellucid.Modeling.Imaging.Vips;

/// <summary>
/// The C functions used of libvips and GLib (one library holds both). None takes variable arguments, whose calling convention
/// differs on arm64; operations get their arguments as object properties instead.
/// </summary>
internal static unsafe partial class VipsNative
{
    private const string Library = "vips-cpp";

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Init(string programName);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheMax(int operations);

    [LibraryImport(Library, EntryPoint = "vips_block_untrusted_set")]
    public static partial void BlockUntrusted(int block);

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void BlockOperation(string className, int block);

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    public static partial nint TakeErrors();

    [LibraryImport(Library, EntryPoint = "vips_source_new_from_memory")]
    public static partial nint NewSource(void* data, nuint size);

    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewOperation(string name);

    [LibraryImport(Library, EntryPoint = "vips_object_set_argument_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetArgument(nint operation, string name, string value);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_build")]
    public static partial nint BuildOperation(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    public static partial void ReleaseOutputs(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory")]
    public static partial nint NewImage(void* data, nuint size, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_image_write")]
    public static partial int WriteImage(nint image, nint target);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    public static partial int GetWidth(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    public static partial int GetHeight(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    public static partial int GetBands(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    public static partial int GetFormat(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    public static partial int GetInterpretation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    public static partial int GetOrientation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint GetFieldType(nint image, string name);

    [LibraryImport(Library, EntryPoint = "vips_image_get_int", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetInt(nint image, string name, out int value);

    [LibraryImport(Library, EntryPoint = "vips_image_set_progress")]
    public static partial void SetProgress(nint image, int on);

    [LibraryImport(Library, EntryPoint = "vips_image_set_kill")]
    public static partial void SetKill(nint image, int kill);

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    public static partial void* GetBlob(nint blob, out nuint size);

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    public static partial nuint BlobType();

    [LibraryImport(Library, EntryPoint = "g_object_ref")]
    public static partial nint Ref(nint value);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint value);

    [LibraryImport(Library, EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    public static partial GValue* InitValue(GValue* value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    public static partial void UnsetValue(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    public static partial void SetObject(GValue* value, nint instance);

    [LibraryImport(Library, EntryPoint = "g_value_get_object")]
    public static partial nint GetObject(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    public static partial nint GetBoxed(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProperty(nint instance, string name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GetProperty(nint instance, string name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint Connect(
        nint instance, string signal, delegate* unmanaged<nint, nint, nint, void> handler, nint data, nint destroy, int flags);

    [LibraryImport(Library, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint SetLogHandler(
        string domain, int levels, delegate* unmanaged<nint, int, nint, nint, void> handler, nint data);
}
