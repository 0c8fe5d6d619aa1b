using System.ComponentModel;

namespace TestPlugins.GivenMaps;

public enum MapKind
{
    Brightness,
    OtherSize,
    Volume,
    Empty,
    Constant,
    Zero,
    Nan,
}

public sealed record GivenMapOptions
{
    [Description("kind of the map")]
    public MapKind Kind { get; init; }

    [Description("name of the only image that gets such a map, others get their brightness; empty for all")]
    public string Only { get; init; } = string.Empty;
}
