using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Questions;

/// <summary>
/// VQA-RAD (Lau et al. 2018, "A dataset of clinically generated visual questions and answers about radiology images"): one item a question. The part is
/// test where its phrase_type begins so, else train.
/// </summary>
/// <param name="options">Options.</param>
public sealed class VqaRadReader(VqaRadOptions options) : IDatasetReader
{
    private static readonly string[] Noted = ["image_organ", "answer_type", "question_type", "phrase_type", "question_rephrase", "question_frame", "image_case_url"];

    /// <summary>Makes the reader with the default options.</summary>
    public VqaRadReader()
        : this(new VqaRadOptions())
    {
    }

    /// <inheritdoc/>
    public string Id => "vqa-rad";

    /// <inheritdoc/>
    public string Summary => "VQA-RAD: a .json of questions and answers with image_name, and images";

    /// <inheritdoc/>
    public Type OptionsType => typeof(VqaRadOptions);

    /// <inheritdoc/>
    public IDatasetReader With(object options) => new VqaRadReader((VqaRadOptions)options);

    /// <inheritdoc/>
    public DatasetProbe Probe(string path) => Files(path) is [var file, ..]
        ? new DatasetProbe(true, $"{Path.GetFileName(file)} has questions with image_name")
        : new DatasetProbe(false, "there is no .json with questions, answers and image_name in it");

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await Task.CompletedTask;
        IReadOnlyList<string> files = File.Exists(request.Path) ? [request.Path] : Files(request.Path);
        if (files.Count == 0) throw new PellucidException($"'{request.Path}' has no .json with questions, answers and image_name");
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            string root = Path.GetDirectoryName(Path.GetFullPath(file))!;
            ImagePlaces places = ImagePlaces.Of(options, root, ["VQA_RAD Image Folder", "images", "image", "."]);
            using JsonRecords records = new(file);
            while (records.Read(out JsonRecord record))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Question.Read(record, "image_name", Noted, request) is not { } question) continue;
                if (places.Find(question.Image, record.Location, request) is not { } image) continue;
                if (!ids.Add(question.Id))
                {
                    request.Reject(record.Location, $"the qid '{question.Id}' stands there twice");
                    continue;
                }

                bool test = question.Metadata.GetValueOrDefault("phrase_type")?.StartsWith("test", StringComparison.Ordinal) == true || Path.GetFileName(file).StartsWith("test", StringComparison.OrdinalIgnoreCase);
                yield return new DatasetItem
                {
                    Id = question.Id,
                    Image = image,
                    Captions = question.Texts(options.Texts),
                    Labels = question.Metadata.TryGetValue("image_organ", out string? organ) ? [organ] : [],
                    Split = test ? "test" : "train",
                    Metadata = question.Metadata,
                    Location = record.Location,
                };
            }
        }
    }

    private static IReadOnlyList<string> Files(string path)
    {
        IEnumerable<string> files = File.Exists(path) ? [path] : FolderFiles.Files(path, "*.json");
        return [.. files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && JsonPeek.At(f) is { Names.Count: 0 } peek && peek.HasFields("qid", "image_name", "question", "answer"))];
    }
}
