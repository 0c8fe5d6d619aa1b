namespace Pellucid.Host.Data;

/// <summary>A row of a table.</summary>
/// <param name="Line">Line of the file that it begins on, from 1.</param>
/// <param name="Fields">One text a column.</param>
public sealed record CsvRow(int Line, IReadOnlyList<string> Fields);
