namespace Pellucid.Host.Cli;

/// <summary>Progress on standard error, for work that takes longer than two seconds; silent before that.</summary>
internal sealed class ProgressLine(TextWriter error, bool terminal, string what, TimeProvider clock) : IProgress<(int Done, int Total)>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _last;
    private bool _shown;

    public void Report((int Done, int Total) value)
    {
        lock (_lock)
        {
            TimeSpan now = clock.GetElapsedTime(_start);
            bool last = value.Done == value.Total;
            if (now < Patience || (!last && now - _last < (terminal ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(5)))) return;
            _last = now;
            _shown = true;
            error.Write($"{(terminal ? "\r" : string.Empty)}{what}: {value.Done} of {value.Total}{(terminal && !last ? string.Empty : Environment.NewLine)}");
            error.Flush();
        }
    }

    /// <summary>Ends an unfinished line, so that a message does not stick to it.</summary>
    public void End()
    {
        if (_shown && terminal) error.WriteLine();
    }
}
