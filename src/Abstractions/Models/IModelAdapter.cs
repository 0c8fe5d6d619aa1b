using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>Loads models of a family from folders or files.</summary>
public interface IModelAdapter
{
    /// <summary>Id, for example <c>clip</c>.</summary>
    string Id { get; }

    /// <summary>Families and layouts it reads, for people.</summary>
    string Summary { get; }

    /// <summary>
    /// Looks at file names and headers, reads no weights, and says whether it can load what lies there.
    /// </summary>
    AdapterProbe Probe(string path);

    /// <summary>Loads a model.</summary>
    /// <param name="source">Where it lies and how to read it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">
    /// The model cannot be loaded: missing files, missing, extra or wrongly shaped tensors (all of them listed), hostile content.
    /// </exception>
    Task<IVisionLanguageModel> LoadAsync(ModelSource source, CancellationToken cancellationToken = default);
}
