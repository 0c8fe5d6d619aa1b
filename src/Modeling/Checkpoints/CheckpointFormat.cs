namespace Pellucid.Modeling.Checkpoints;

/// <summary>Container of a checkpoint, as found by looking at its bytes.</summary>
public enum CheckpointFormat
{
    /// <summary>One .safetensors file.</summary>
    Safetensors,

    /// <summary>A zip archive written by <c>torch.save</c> since PyTorch 1.6.</summary>
    TorchZip,

    /// <summary>A file of consecutive pickles written by <c>torch.save</c> before PyTorch 1.6.</summary>
    TorchLegacy,

    /// <summary>A TorchScript archive written by <c>torch.jit.save</c>; its code is never looked at.</summary>
    TorchScript,

    /// <summary>Several files named by an index, or combined by the caller.</summary>
    Sharded,
}
