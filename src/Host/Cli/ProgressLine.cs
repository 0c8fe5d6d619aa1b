namespace Pellucid.Host.Cli;

/// <summary>Progress on standard error, for work that takes longer than two seconds; silent before that.</summary>
internal sealed class ProgressLine(TextWriter error, bool terminal, string what, TimeProvider clock) : IProgress<(int Done, int Total)>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _last;
    private int? _first;
    private bool _shown;

    public void Report((int Done, int Total) value)
    {
        lock (_lock)
        {
            TimeSpan now = clock.GetElapsedTime(_start);
            bool last = value.Done == value.Total;
            _first ??= value.Done;
            if (now < Patience || (!last && now - _last < (terminal ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(5)))) return;
            _last = now;
            _shown = true;
            error.Write($"{(terminal ? "\r" : string.Empty)}{what}: {value.Done} of {value.Total}{Speed(value, now)}{(terminal && !last ? string.Empty : Environment.NewLine)}");
            error.Flush();
        }
    }

    /// <summary>Rate and time left, from what was done since the first report: what was there before took no time.</summary>
    private string Speed((int Done, int Total) value, TimeSpan now)
    {
        int done = value.Done - (_first ?? 0);
        if (done <= 0) return string.Empty;
        double rate = done / now.TotalSeconds;
        TimeSpan left = TimeSpan.FromSeconds(Math.Ceiling((value.Total - value.Done) / rate));
        // Blanks cover what a longer line left on a terminal.
        return $" ({rate:F1} a second, {left:c} left){(terminal ? "   " : string.Empty)}";
    }

    /// <summary>Ends an unfinished line, so that a message does not stick to it.</summary>
    public void End()
    {
        if (_shown && terminal) error.WriteLine();
    }
}
