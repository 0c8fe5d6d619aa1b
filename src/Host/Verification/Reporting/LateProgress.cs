namespace Pellucid.Host.Verification.Reporting;

/// <summary>Tells of progress once the work takes longer than a person waits without a sign, and then once a second.</summary>
/// <param name="output">Where to.</param>
/// <param name="clock">Measures the wait; results do not depend on it.</param>
internal sealed class LateProgress(TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromSeconds(1);

    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _next = Patience;

    /// <summary>Reports what is done.</summary>
    public void Report(string what)
    {
        TimeSpan elapsed = clock.GetElapsedTime(_start);
        if (elapsed < _next) return;
        _next = elapsed + Pause;
        output.WriteLine($"verifying {what} ...");
    }
}
