using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>
/// Rows of numbers (maps, as a rule) kept on disk, so that what was dear to compute is read again: by later texts, runs and processes. An entry appears when it is
/// complete; one that is damaged is as good as none. The host offers one to explainers, with its limit; it may keep nothing. Safe for concurrent use.
/// </summary>
public interface IMapCache
{
    /// <summary>An entry; null where there is none, or it is damaged.</summary>
    /// <param name="key">
    /// All that its numbers depend on: the contents of the model and the image, the explainer (<see cref="IExplainerIdentities"/>), seed and draws. The cache adds the
    /// engine, the device and the versions of the host and the model adapters itself.
    /// </param>
    /// <exception cref="PellucidException">The cache cannot be read.</exception>
    IStoredMaps? Find(string key);

    /// <summary>Starts an entry; null where entries of that size are not kept.</summary>
    /// <param name="key">As for <see cref="Find"/>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="length">Values of a row.</param>
    /// <exception cref="PellucidException">The cache cannot be written to.</exception>
    IMapWriter? Create(string key, int rows, int length);
}
