using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Tables;

namespace Pellucid.Plugins.Datasets.Roco;

/// <summary>
/// ROCO (Pelka et al. 2018, "Radiology Objects in COntext") and ROCOv2 (Rückert et al. 2024): captions of figures, with keywords or UMLS concepts as labels.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RocoReader(RocoOptions options) : IDatasetReader
{
    private static readonly string[] Endings = [".jpg", ".png", ".jpeg"];

    /// <summary>Makes the reader with the default options.</summary>
    public RocoReader()
        : this(new RocoOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "roco";

    /// <inheritdoc/>
    public string Summary => "ROCO and ROCOv2: captions.txt, traindata.csv or train_captions.csv with images, keywords and concepts";

    /// <inheritdoc/>
    public Type OptionsType => typeof(RocoOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new RocoReader((RocoOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path) => RocoPart.In(path, RocoKind.Both) is [var part, ..]
        ? new DatasetProbe(true, $"has {Path.GetFileName(part.Captions)}")
        : new DatasetProbe(false, "there is no captions.txt, traindata.csv or train_captions.csv in it or in its radiology folders");

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        IReadOnlyList<RocoPart> parts = RocoPart.In(request.Path, options.Kind);
        if (parts.Count == 0) throw new PellucidException($"'{request.Path}' has no captions of ROCO for kind={(options.Kind == RocoKind.NonRadiology ? "non-radiology" : options.Kind == RocoKind.Both ? "both" : "radiology")}");
        foreach (RocoPart part in parts)
        {
            RocoConcepts concepts = RocoConcepts.Of(part, request);
            ImagePlaces places = options.Images.Length > 0
                ? ImagePlaces.Of(options, request.Path, [], Endings)
                : new ImagePlaces(part.ImageFolders, options.MissingImages, Endings);
            HashSet<string> ids = new(StringComparer.Ordinal);
            using DelimitedReader table = part.IsText ? DelimitedReader.Tsv(part.Captions) : DelimitedReader.Csv(part.Captions);
            (int id, int? name, int caption) = Columns(part, table);
            while (table.Read() is { } row)
            {
                cancellationToken.ThrowIfCancellationRequested();
                string? problem = row.Fields.Count <= Math.Max(id, Math.Max(name ?? 0, caption)) ? $"{row.Fields.Count} fields, an id and a caption are needed"
                    : row.IsDamaged ? "it has bytes that are no UTF-8"
                    : row.Fields[id].Trim().Length == 0 ? "it has no id"
                    : row.Fields[caption].Trim().Length == 0 ? "its caption is empty"
                    : ids.Add(row.Fields[id].Trim()) ? null : $"the id '{row.Fields[id].Trim()}' stands there twice";
                if (problem is not null)
                {
                    request.Reject(row.Location, problem);
                    continue;
                }

                string key = row.Fields[id].Trim();
                if (places.Find(name is { } n && row.Fields[n].Trim() is { Length: > 0 } given ? given : key, row.Location, request) is not { } image) continue;
                yield return new DatasetItem { Id = part.Prefix + key, Image = image, Captions = [row.Fields[caption].Trim()], Labels = concepts[key], Split = part.Name, Location = row.Location };
            }
        }
    }

    private static (int Id, int? Name, int Caption) Columns(RocoPart part, DelimitedReader table)
    {
        if (part.IsText) return (0, null, 1);
        TableColumns columns = new(table.Read() ?? throw new PellucidException($"{part.Captions}: the table is empty"));
        return (columns.Need("id"), columns.Find("name"), columns.Need("caption"));
    }
}
