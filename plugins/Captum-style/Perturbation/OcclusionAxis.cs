using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Where an occluding window lies along one axis.</summary>
/// <param name="Size">Elements of the image.</param>
/// <param name="Length">Elements of the window.</param>
/// <param name="Stride">Elements from a window to the next.</param>
internal readonly record struct OcclusionAxis(int Size, int Length, int Stride)
{
    /// <summary>Number of windows; the last may reach beyond the image and is cut off there.</summary>
    public int Positions => ((Size - Length + Stride - 1) / Stride) + 1;

    /// <summary>Checks and makes an axis; a stride of 0 is the window's length.</summary>
    /// <exception cref="PellucidException">The window is larger than the image, or the stride leaves gaps.</exception>
    public static OcclusionAxis Of(string name, long size, int length, int stride)
    {
        if (length > size) throw new PellucidException($"the window has {length} {name}, the image as the model takes it has {size}; make the window smaller");
        if (stride > length) throw new PellucidException($"the window has {length} {name} and is moved by {stride}, which leaves pixels that no window covers; a stride is at most the window");
        return new OcclusionAxis((int)size, length, stride == 0 ? length : stride);
    }

    /// <summary>First element and number of elements of a window.</summary>
    public (int Start, int Length) Window(int position) => (position * Stride, Math.Min(Length, Size - (position * Stride)));
}
