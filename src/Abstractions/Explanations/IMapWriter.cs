using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>Writes an entry of an <see cref="IMapCache"/>. Disposed before <see cref="Complete"/>, it leaves nothing behind.</summary>
public interface IMapWriter : IDisposable
{
    /// <summary>Adds the next row, or a part of it: parts are put together until the row is full.</summary>
    /// <exception cref="PellucidException">It cannot be written (a full disk, say), or there are more values than rows take.</exception>
    void Add(ReadOnlySpan<float> values);

    /// <summary>Makes the entry appear.</summary>
    /// <param name="note">A text that is kept with the rows.</param>
    /// <exception cref="PellucidException">It cannot be written, or rows are missing.</exception>
    void Complete(string note);
}
