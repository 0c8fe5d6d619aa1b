namespace Pellucid.Abstractions.Execution;

/// <summary>Progress of one part of the work, told as progress of the whole.</summary>
/// <param name="whole">Who is told; may be null.</param>
/// <param name="from">Progress of the whole when the part starts, [0, 1].</param>
/// <param name="to">Progress of the whole when it ends, [0, 1].</param>
public sealed class PartOfProgress(IProgress<double>? whole, double from, double to) : IProgress<double>
{
    /// <summary>Tells the whole.</summary>
    /// <param name="value">Progress of the part, [0, 1].</param>
    public void Report(double value) => whole?.Report(Math.Min(1, from + (value * (to - from))));
}
