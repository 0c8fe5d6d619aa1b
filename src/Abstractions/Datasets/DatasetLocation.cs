namespace Pellucid.Abstractions.Datasets;

/// <summary>Where a record stands, for messages.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line from 1, where the file has lines that matter; else null.</param>
/// <param name="Record">What names the record inside the file, such as <c>image 17</c>; null where the file is the record.</param>
public sealed record DatasetLocation(string File, long? Line = null, string? Record = null)
{
    /// <summary><c>file:line (record)</c>.</summary>
    public override string ToString() =>
        $"{File}{(Line is { } line ? $":{line}" : string.Empty)}{(Record is null ? string.Empty : $" ({Record})")}";
}
