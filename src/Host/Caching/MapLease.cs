using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Caching;

/// <summary>The use of a mapped file that others may use too.</summary>
/// <param name="file">The file.</param>
/// <param name="end">Called once when the use ends.</param>
internal sealed class MapLease(MapFile file, Action end) : IStoredMaps
{
    private int _ended;

    public int Rows => file.Rows;

    public int Length => file.Length;

    public string Note => file.Note;

    public ReadOnlySpan<float> Row(int index)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended) != 0, this);
        return file.Row(index);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0) end();
    }
}
