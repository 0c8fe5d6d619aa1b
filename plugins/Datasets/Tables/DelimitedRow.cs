using Pellucid.Abstractions.Datasets;

namespace Pellucid.Plugins.Datasets.Tables;

/// <summary>A row of a table.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Line that it begins on, from 1.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record DelimitedRow(string File, long Line, IReadOnlyList<string> Fields)
{
    /// <summary>Where it stands, for messages.</summary>
    public DatasetLocation Location => new(File, Line);

    /// <summary>Whether it has characters that stand for bytes that are no UTF-8.</summary>
    public bool IsDamaged => Fields.Any(f => f.Contains('\uFFFD', StringComparison.Ordinal));
}
