namespace Pellucid.Host.Experiments.Execution;

/// <summary>How long the parts of a run took and what it did; differs from run to run, so it stays out of every hash and comparison.</summary>
/// <param name="clock">The clock.</param>
public sealed class RunTimings(TimeProvider clock)
{
    private readonly SortedDictionary<string, (int Times, double Milliseconds)> _parts = new(StringComparer.Ordinal);

    /// <summary>Parts by name, with how often and how long.</summary>
    public IReadOnlyDictionary<string, (int Times, double Milliseconds)> Parts => _parts;

    /// <summary>Runs and times a part; the times of one name add up.</summary>
    public async Task<T> MeasureAsync<T>(string name, Func<Task<T>> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        long start = clock.GetTimestamp();
        try
        {
            return await part();
        }
        finally
        {
            (int times, double milliseconds) = _parts.GetValueOrDefault(name);
            _parts[name] = (times + 1, milliseconds + clock.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
