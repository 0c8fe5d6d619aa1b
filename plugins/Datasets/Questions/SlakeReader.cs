using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Questions;

/// <summary>
/// SLAKE (Liu et al. 2021, "SLAKE: A semantically-labeled knowledge-enhanced dataset for medical visual question answering"): one item a question, with the
/// boxes of <c>detection.json</c> beside its image as regions.
/// </summary>
/// <param name="options">Options.</param>
public sealed class SlakeReader(SlakeOptions options) : IDatasetReader
{
    private static readonly string[] Noted = ["q_lang", "location", "modality", "answer_type", "content_type", "base_type", "img_id"];

    /// <summary>Makes the reader with the default options.</summary>
    public SlakeReader()
        : this(new SlakeOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "slake";

    /// <inheritdoc/>
    public string Summary => "SLAKE: train.json, validate.json and test.json of questions and answers in two languages, and images in imgs";

    /// <inheritdoc/>
    public Type OptionsType => typeof(SlakeOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new SlakeReader((SlakeOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path) => Files(path) is [var file, ..]
        ? new DatasetProbe(true, $"{Path.GetFileName(file)} has questions with img_name and q_lang")
        : new DatasetProbe(false, "there is no .json with questions, answers, img_name and q_lang in it");

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        IReadOnlyList<string> files = File.Exists(request.Path) ? [request.Path] : Files(request.Path);
        if (files.Count == 0) throw new PellucidException($"'{request.Path}' has no .json with questions, answers, img_name and q_lang");
        SortedSet<string> languages = new(StringComparer.Ordinal);
        HashSet<string> ids = new(StringComparer.Ordinal);
        bool any = false;
        foreach (string file in files)
        {
            string root = Path.GetDirectoryName(Path.GetFullPath(file))!, part = Path.GetFileNameWithoutExtension(file);
            ImagePlaces places = ImagePlaces.Of(options, root, ["imgs", "images", "."]);
            SlakeBoxes boxes = new(request);
            using JsonRecords records = new(file);
            while (records.Read(out JsonRecord record))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Question.Read(record, "img_name", Noted, request) is not { } question) continue;
                string language = question.Metadata.GetValueOrDefault("q_lang", "none");
                languages.Add(language);
                if (options.Language != "all" && options.Language != language) continue;
                if (places.Find(question.Image, record.Location, request) is not { } image) continue;
                if (!ids.Add($"{part}/{question.Id}"))
                {
                    request.Reject(record.Location, $"the qid '{question.Id}' stands there twice");
                    continue;
                }

                any = true;
                yield return Item(question, image, boxes.Beside(image.Path), part, record.Location);
            }
        }

        if (!any && languages.Count > 0 && !languages.Contains(options.Language) && options.Language != "all")
            throw new PellucidException($"'{request.Path}' has no question in the language '{options.Language}'; it has {string.Join(", ", languages)}");
    }

    private static IReadOnlyList<string> Files(string path)
    {
        IEnumerable<string> files = File.Exists(path) ? [path] : FolderFiles.Files(path, "*.json");
        return [.. files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && JsonPeek.At(f) is { Names.Count: 0 } peek && peek.HasFields("qid", "img_name", "question", "answer", "q_lang"))];
    }

    private DatasetItem Item(Question question, FileImage image, IReadOnlyList<DatasetRegion> regions, string part, DatasetLocation location) => new()
    {
        Id = $"{part}/{question.Id}",
        Image = image,
        Captions = question.Texts(options.Texts),
        Labels = [.. regions.Select(r => r.Label).Distinct(StringComparer.Ordinal)],
        Regions = regions,
        Split = part,
        Metadata = question.Metadata,
        Location = location,
    };
}
