using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Questions;

/// <summary>A question about an image with its answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Image">Name of the image.</param>
/// <param name="Text">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Metadata">What else is known, by the names of the file.</param>
internal sealed record Question(string Id, string Image, string Text, string Answer, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Reads a question; null, with the record rejected, where something is missing.</summary>
    /// <param name="record">The record.</param>
    /// <param name="image">Name of the property with the image's name.</param>
    /// <param name="others">Properties to note.</param>
    /// <param name="request">Takes what cannot be used.</param>
    public static Question? Read(JsonRecord record, string image, ReadOnlySpan<string> others, DatasetRequest request)
    {
        if (record.IsRejected(request)) return null;
        using JsonDocument document = record.Parse();
        JsonElement root = document.RootElement;
        string? id = JsonFields.TextOrNumber(root, "qid")?.Trim(), name = JsonFields.Text(root, image)?.Trim();
        string? question = JsonFields.Text(root, "question")?.Trim(), answer = JsonFields.TextOrNumber(root, "answer")?.Trim();
        string? missing = string.IsNullOrEmpty(id) ? "qid" : string.IsNullOrEmpty(name) ? image : string.IsNullOrEmpty(question) ? "question" : string.IsNullOrEmpty(answer) ? "answer" : null;
        if (missing is not null)
        {
            request.Reject(record.Location, $"a question needs the property {missing}, a text");
            return null;
        }

        Dictionary<string, string> metadata = new(StringComparer.Ordinal) { ["question"] = question!, ["answer"] = answer! };
        foreach (string other in others)
        {
            if (JsonFields.TextOrNumber(root, other)?.Trim() is { Length: > 0 } value and not "NULL") metadata[other] = value;
        }

        return new Question(id!, name!, question!, answer!, metadata);
    }

    /// <summary>The texts of its item.</summary>
    public IReadOnlyList<string> Texts(QuestionTexts wanted) => wanted switch
    {
        QuestionTexts.Question => [Text],
        QuestionTexts.Answer => [Answer],
        QuestionTexts.Joined => [$"{Text} {Answer}"],
        _ => [Text, Answer],
    };
}
