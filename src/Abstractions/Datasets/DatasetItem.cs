namespace Pellucid.Abstractions.Datasets;

/// <summary>An image of a data set with what is known about it.</summary>
public sealed record DatasetItem
{
    /// <summary>Id that stays the same wherever the data set lies and whatever else is in it: seeds and results hang on it.</summary>
    public required string Id { get; init; }

    /// <summary>The image.</summary>
    public required DatasetImage Image { get; init; }

    /// <summary>Texts that are true of the image, the main one first.</summary>
    public IReadOnlyList<string> Captions { get; init; } = [];

    /// <summary>Classes that the image belongs to.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Parts of the image that something is known about.</summary>
    public IReadOnlyList<DatasetRegion> Regions { get; init; } = [];

    /// <summary><c>train</c>, <c>val</c>, <c>test</c> ...; null where the data set has no parts.</summary>
    public string? Split { get; init; }

    /// <summary>Anything else, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the item stands, for messages.</summary>
    public required DatasetLocation Location { get; init; }
}
