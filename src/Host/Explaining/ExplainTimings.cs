namespace Pellucid.Host.Explaining;

/// <summary>How long the parts of a job took, in milliseconds. Kept out of every hash and comparison.</summary>
public sealed class ExplainTimings(TimeProvider clock)
{
    private readonly List<(string Name, double Milliseconds)> _parts = [];

    /// <summary>Parts in the order they ended.</summary>
    public IReadOnlyList<(string Name, double Milliseconds)> Parts => _parts;

    /// <summary>Runs and times a part.</summary>
    public async Task<T> MeasureAsync<T>(string name, Func<Task<T>> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        long start = clock.GetTimestamp();
        T result = await part();
        _parts.Add((name, clock.GetElapsedTime(start).TotalMilliseconds));
        return result;
    }
}
