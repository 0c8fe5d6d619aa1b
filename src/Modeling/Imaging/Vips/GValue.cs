using System.Runtime.InteropServices;

namespace Pellucid.Modeling.Imaging.Vips;

/// <summary>GLib's GValue: a type and two words of data. Must start zeroed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    /// <summary>G_TYPE_OBJECT.</summary>
    public const nuint ObjectType = 20 << 2;

    public nuint Type;
    public ulong First;
    public ulong Second;
}
