namespace Pellucid.Modeling.Checkpoints;

/// <summary>
/// Every bound that a checkpoint file is held to before anything is allocated for it. Checkpoints are downloads: a file may
/// lie about any size it declares. The bounds are far above real models (a ViT-bigG state dict has 2,000 tensors and a pickle
/// of 300 kB) and low enough that a hostile file costs little memory and time before it is refused.
/// </summary>
public static class CheckpointLimits
{
    /// <summary>Longest JSON header of a .safetensors file, in bytes (the format's own limit), and longest shard index.</summary>
    public const long MaxHeaderBytes = 100_000_000;

    /// <summary>Most tensors in one checkpoint.</summary>
    public const int MaxTensors = 200_000;

    /// <summary>Most dimensions of a tensor (PyTorch's own limit).</summary>
    public const int MaxRank = 64;

    /// <summary>Longest name of a tensor, in UTF-16 characters.</summary>
    public const int MaxNameLength = 1_024;

    /// <summary>Most shard files of one index.</summary>
    public const int MaxShards = 10_000;

    /// <summary>Most entries of a zip archive.</summary>
    public const int MaxZipEntries = 200_000;

    /// <summary>Longest central directory of a zip archive, in bytes.</summary>
    public const long MaxZipDirectoryBytes = 64L << 20;

    /// <summary>Longest pickle, in bytes; tensors lie outside it.</summary>
    public const long MaxPickleBytes = 32L << 20;

    /// <summary>Most opcodes of a pickle.</summary>
    public const int MaxPickleOpcodes = 4_000_000;

    /// <summary>Most values on a pickle's stack.</summary>
    public const int MaxPickleStack = 1_000_000;

    /// <summary>Most open marks of a pickle: how deep tuples, lists and dictionaries may be under construction at once.</summary>
    public const int MaxPickleMarks = 1_000;

    /// <summary>Most memo entries of a pickle.</summary>
    public const int MaxPickleMemo = 1_000_000;

    /// <summary>Longest string or byte string in a pickle, in bytes.</summary>
    public const int MaxPickleStringBytes = 1 << 20;

    /// <summary>Longest integer in a pickle, in bytes.</summary>
    public const int MaxPickleIntegerBytes = 64;

    /// <summary>How deep dictionaries, lists and modules may be nested where tensors are looked for.</summary>
    public const int MaxNesting = 64;

    /// <summary>Most values looked at while looking for tensors; a pickle of shared values would otherwise unfold without end.</summary>
    public const int MaxVisitedValues = 1_000_000;

    /// <summary>Most characters in all tensor names of a checkpoint together.</summary>
    public const long MaxTotalNameCharacters = 32L << 20;

    /// <summary>Most memory in bytes that tensors may take which cannot stay in the file (compressed, transposed, expanded), at best.</summary>
    public const long MaxInlineBytes = 2L << 30;

    /// <summary>Memory in bytes that such tensors may take in a file of any size.</summary>
    public const long MinInlineBytes = 64L << 20;

    /// <summary>Most memory that such tensors may take, as a multiple of the file's size (between the two bounds above).</summary>
    public const int MaxInlineExpansion = 8;

    /// <summary>Bytes of tensors that cannot stay in the file which a file of <paramref name="fileBytes"/> bytes may ask for.</summary>
    public static long InlineBudget(long fileBytes) =>
        Math.Clamp(fileBytes > MaxInlineBytes ? MaxInlineBytes : fileBytes * MaxInlineExpansion, MinInlineBytes, MaxInlineBytes);
}
