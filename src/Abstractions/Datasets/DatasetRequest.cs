using Pellucid.Graphs;

namespace Pellucid.Abstractions.Datasets;

/// <summary>What a reader is asked to read; it tells of unusable records through it. Not thread-safe.</summary>
/// <param name="path">Full path of the data set's folder or file.</param>
/// <param name="badRecords">What happens to unusable records.</param>
public sealed class DatasetRequest(string path, BadRecordPolicy badRecords = BadRecordPolicy.Fatal)
{
    private readonly List<BadRecord> _rejected = [];

    /// <summary>Full path of the data set's folder or file.</summary>
    public string Path { get; } = path;

    /// <summary>What happens to unusable records.</summary>
    public BadRecordPolicy BadRecords { get; } = badRecords;

    /// <summary>Records that were left out, in the order of reading.</summary>
    public IReadOnlyList<BadRecord> Rejected => _rejected;

    /// <summary>
    /// A reader calls it for a record that cannot be used and goes on to the next. A file that cannot be read at all is no record:
    /// a reader throws for that.
    /// </summary>
    /// <param name="location">Where the record stands.</param>
    /// <param name="problem">What is wrong with it, and what to do.</param>
    /// <exception cref="PellucidException">The policy is <see cref="BadRecordPolicy.Fatal"/>.</exception>
    public void Reject(DatasetLocation location, string problem)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (BadRecords == BadRecordPolicy.Fatal) throw new PellucidException($"{location}: {problem}");
        _rejected.Add(new BadRecord(location, problem));
    }
}
