namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>A strided view of a storage, all in elements, as declared: nothing about it is checked yet.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Size, long[] Stride);
