namespace Pellucid.Plugins.CaptumStyle;

/// <summary>Progress of one part of the work, told as progress of the whole.</summary>
/// <param name="whole">Who is told; may be null.</param>
/// <param name="from">Progress of the whole when the part starts.</param>
/// <param name="to">Progress of the whole when it ends.</param>
internal sealed class PartOfProgress(IProgress<double>? whole, double from, double to) : IProgress<double>
{
    public void Report(double value) => whole?.Report(Math.Min(1, from + (value * (to - from))));
}
