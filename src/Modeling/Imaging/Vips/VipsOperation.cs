namespace Pellucid.Modeling.Imaging.Vips;

/// <summary>One call of a libvips operation by name, its arguments set as properties.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private readonly string _name;
    private nint _handle;

    public VipsOperation(string name)
    {
        VipsLibrary.EnsureStarted();
        _name = name;
        _handle = VipsNative.NewOperation(name);
        if (_handle == 0) throw Failure();
    }

    /// <summary>Sets an image or source.</summary>
    public VipsOperation With(string name, nint instance)
    {
        GValue value = default;
        VipsNative.InitValue(&value, GValue.ObjectType);
        VipsNative.SetObject(&value, instance);
        VipsNative.SetProperty(_handle, name, &value);
        VipsNative.UnsetValue(&value);
        return this;
    }

    /// <summary>Sets a number, flag or enumeration as text.</summary>
    public VipsOperation With(string name, string value)
    {
        if (VipsNative.SetArgument(_handle, name, value) != 0) throw Failure();
        return this;
    }

    /// <summary>Runs the operation and takes the image it makes.</summary>
    public VipsImage ToImage()
    {
        Build();
        GValue value = default;
        VipsNative.InitValue(&value, GValue.ObjectType);
        VipsNative.GetProperty(_handle, "out", &value);
        nint image = VipsNative.Ref(VipsNative.GetObject(&value));
        VipsNative.UnsetValue(&value);
        return new VipsImage(image);
    }

    /// <summary>Runs the operation and copies the file it makes.</summary>
    public byte[] ToBuffer()
    {
        Build();
        GValue value = default;
        VipsNative.InitValue(&value, VipsNative.BlobType());
        VipsNative.GetProperty(_handle, "buffer", &value);
        void* data = VipsNative.GetBlob(VipsNative.GetBoxed(&value), out nuint size);
        byte[] bytes = new ReadOnlySpan<byte>(data, checked((int)size)).ToArray();
        VipsNative.UnsetValue(&value);
        return bytes;
    }

    public void Dispose()
    {
        if (_handle == 0) return;
        VipsNative.ReleaseOutputs(_handle);
        VipsNative.Unref(_handle);
        _handle = 0;
    }

    private void Build()
    {
        nint built = VipsNative.BuildOperation(_handle);
        if (built == 0) throw Failure();
        VipsNative.Unref(_handle);
        _handle = built;
    }

    private VipsException Failure()
    {
        string error = VipsLibrary.TakeError();
        return new VipsException(error.Length == 0 ? $"{_name} failed" : error);
    }
}
