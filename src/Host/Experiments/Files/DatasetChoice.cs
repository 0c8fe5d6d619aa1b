using Pellucid.Abstractions.Datasets;

namespace Pellucid.Host.Experiments.Files;

/// <summary>Which images an experiment takes.</summary>
public sealed record DatasetChoice
{
    /// <summary>Name of an embedded data set, or a path relative to the file's folder.</summary>
    public required string Path { get; init; }

    /// <summary>Id of the reader, with options in the grammar of explainers; null for the one that recognizes the place.</summary>
    public string? Reader { get; init; }

    /// <summary>Ids to take, <c>*</c> standing for any characters; empty for all.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Part of the data set to take; null for all.</summary>
    public string? Split { get; init; }

    /// <summary>Take the first so many of those; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>What happens to records that cannot be used.</summary>
    public BadRecordPolicy BadRecords { get; init; } = BadRecordPolicy.Fatal;
}
