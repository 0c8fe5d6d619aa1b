namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>A tuple as data.</summary>
internal sealed record PickleTuple(object?[] Items);
