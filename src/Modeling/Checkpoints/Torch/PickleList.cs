namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>A list or set as data. Items are made on first use, for a hostile pickle may open millions of empty ones.</summary>
internal sealed class PickleList
{
    private List<object?>? _items;

    internal IReadOnlyList<object?> Items => _items ?? (IReadOnlyList<object?>)[];

    internal void Add(object? item) => (_items ??= []).Add(item);
}
