using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pellucid.Modeling.Imaging.Vips;

/// <summary>A libvips image: a recipe whose pixels are computed when they are written somewhere.</summary>
internal sealed unsafe class VipsImage(nint handle) : IDisposable
{
    public nint Handle { get; private set; } = handle;

    public int Width => VipsNative.GetWidth(Handle);

    public int Height => VipsNative.GetHeight(Handle);

    public int Bands => VipsNative.GetBands(Handle);

    public VipsFormat Format => (VipsFormat)VipsNative.GetFormat(Handle);

    public VipsInterpretation Interpretation => (VipsInterpretation)VipsNative.GetInterpretation(Handle);

    /// <summary>EXIF orientation; 1 when the file states none.</summary>
    public int Orientation => VipsNative.GetOrientation(Handle) is >= 1 and <= 8 and var o ? o : 1;

    /// <summary>An integer of the file's header, or null if the loader set none.</summary>
    public int? Field(string name) =>
        VipsNative.GetFieldType(Handle, name) != 0 && VipsNative.GetInt(Handle, name, out int value) == 0 ? value : null;

    /// <summary>Runs an operation of one input image and one output image.</summary>
    public VipsImage Then(string operation, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        using VipsOperation call = new VipsOperation(operation).With("in", Handle);
        foreach ((string name, string value) in arguments) call.With(name, value);
        return call.ToImage();
    }

    /// <summary>Computes the pixels into an array, interleaved, without padding.</summary>
    /// <param name="bytes">Exactly the bytes the image takes.</param>
    /// <param name="limit">Time after which the work is stopped.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TimeoutException">The limit was passed.</exception>
    /// <exception cref="VipsException">The pixels could not be computed.</exception>
    public void WriteTo(byte[] bytes, TimeSpan limit, CancellationToken cancellationToken)
    {
        var watch = new Watch(Stopwatch.GetTimestamp(), limit, cancellationToken);
        var watchHandle = GCHandle.Alloc(watch);
        try
        {
            VipsNative.SetProgress(Handle, 1);
            foreach (string signal in new[] { "preeval", "eval" })
                VipsNative.Connect(Handle, signal, &OnProgress, GCHandle.ToIntPtr(watchHandle), 0, 0);
            int result;
            fixed (byte* target = bytes)
            {
                nint memory = VipsNative.NewImage(target, (nuint)bytes.Length, Width, Height, Bands, (int)Format);
                if (memory == 0) throw new VipsException(VipsLibrary.TakeError());
                result = VipsNative.WriteImage(Handle, memory);
                VipsNative.Unref(memory);
            }

            string error = result == 0 ? "" : VipsLibrary.TakeError();
            cancellationToken.ThrowIfCancellationRequested();
            if (watch.IsOver) throw new TimeoutException();
            if (result != 0) throw new VipsException(error);
        }
        finally
        {
            // The handlers hold the watch: the image must go before it.
            Dispose();
            watchHandle.Free();
        }
    }

    public void Dispose()
    {
        if (Handle == 0) return;
        VipsNative.Unref(Handle);
        Handle = 0;
    }

    [UnmanagedCallersOnly]
    private static void OnProgress(nint image, nint progress, nint data)
    {
        if (GCHandle.FromIntPtr(data).Target is Watch { ShouldStop: true }) VipsNative.SetKill(image, 1);
    }

    private sealed class Watch(long start, TimeSpan limit, CancellationToken cancellationToken)
    {
        public bool IsOver => Stopwatch.GetElapsedTime(start) > limit;

        public bool ShouldStop => cancellationToken.IsCancellationRequested || IsOver;
    }
}
