using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>A storage as a pickle names it by persistent id; where its bytes lie is the container's affair.</summary>
/// <param name="Element">Element type.</param>
/// <param name="Key">Key of the storage in its container.</param>
/// <param name="Count">Elements of the whole storage.</param>
/// <param name="ViewOffset">First element of the view (legacy files only), else 0.</param>
/// <param name="ViewCount">Elements of the view, else those of the storage.</param>
internal sealed record TorchStorage(ElementType Element, string Key, long Count, long ViewOffset, long ViewCount)
{
    /// <summary>Reads ('storage', type, key, device, count[, view]), where view is None or (key, offset, count).</summary>
    internal static TorchStorage FromPersistentId(PickleInput input, object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal type, string key, _, long count, ..] items } || items.Length > 6)
            throw input.Error("a persistent id is no storage");
        if (type.Element == ElementType.Unknown) throw input.Error($"the storage '{key}' is of the class {type.Name}, which is no storage class");
        if (count < 0) throw input.Error($"the storage '{key}' has {count} elements");
        if (items.Length < 6 || items[5] is null) return new TorchStorage(type.Element, key, count, 0, count);
        if (items[5] is not PickleTuple { Items: [_, long offset, long viewCount] } || offset < 0 || viewCount < 0 || offset > count || viewCount > count - offset)
            throw input.Error($"the storage '{key}' has a view outside its {count} elements");
        return new TorchStorage(type.Element, key, count, offset, viewCount);
    }
}
