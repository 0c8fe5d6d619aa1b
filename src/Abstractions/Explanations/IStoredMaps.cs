namespace Pellucid.Abstractions.Explanations;

/// <summary>An entry of an <see cref="IMapCache"/>: rows of equal length. Dispose it when they are read.</summary>
public interface IStoredMaps : IDisposable
{
    /// <summary>Number of rows.</summary>
    int Rows { get; }

    /// <summary>Values of a row.</summary>
    int Length { get; }

    /// <summary>What the writer noted with them.</summary>
    string Note { get; }

    /// <summary>A row; valid until this is disposed. May be called by several threads.</summary>
    ReadOnlySpan<float> Row(int index);
}
