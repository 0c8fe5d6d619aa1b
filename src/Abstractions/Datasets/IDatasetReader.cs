using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Datasets;

/// <summary>
/// Reads data sets of one layout. Register it with <c>AddDatasetReader</c>. Immutable and safe for concurrent use.
/// </summary>
public interface IDatasetReader
{
    /// <summary>Id in lower case with dashes, for example <c>coco</c>.</summary>
    string Id { get; }

    /// <summary>Layouts it reads, for people.</summary>
    string Summary { get; }

    /// <summary>
    /// Its options: a record with settable properties, defaults, descriptions and data annotations, as for explainers. <see cref="NoOptions"/> where
    /// there are none.
    /// </summary>
    Type OptionsType => typeof(NoOptions);

    /// <summary>The reader with other options. What is registered has the defaults.</summary>
    /// <param name="options">Checked options of <see cref="OptionsType"/>.</param>
    IDatasetReader With(object options) => this;

    /// <summary>Looks at names and at the beginnings of files, and says whether it can read what lies there.</summary>
    /// <param name="path">Full path of a folder or file that exists.</param>
    DatasetProbe Probe(string path);

    /// <summary>
    /// Reads all items, in an order that depends on the data set alone. Ids are unique. Pixels and masks are not loaded: items hold
    /// what loads them.
    /// </summary>
    /// <param name="request">What to read, and whom to tell of unusable records.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PellucidException">The data set cannot be read, or a record cannot be used and that is fatal. The message names file and line.</exception>
    IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, CancellationToken cancellationToken = default);
}
