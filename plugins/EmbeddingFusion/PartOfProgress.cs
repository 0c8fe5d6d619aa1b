namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>Progress of one of several equal parts of the work, told as progress of the whole.</summary>
/// <param name="whole">Who is told.</param>
/// <param name="part">Number of the part.</param>
/// <param name="parts">How many there are.</param>
internal sealed class PartOfProgress(IProgress<double> whole, int part, int parts) : IProgress<double>
{
    public void Report(double value) => whole.Report(Math.Min(1, (part + value) / parts));
}
