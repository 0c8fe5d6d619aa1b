using System.ComponentModel.DataAnnotations;

namespace Pellucid.Runtime;

/// <summary>How graphs are run. The defaults suit a workstation and a small server alike.</summary>
public sealed record RuntimeOptions
{
    /// <summary>Where to run: <c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c> or <c>webgpu</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads that one operator may use on the processor; null for one a core. Results depend on it in the last digits.</summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }

    /// <summary>How many compiled graphs are kept; the one used longest ago goes first.</summary>
    [Range(1, 4096)]
    public int CompiledGraphs { get; init; } = 32;

    /// <summary>
    /// Largest result, in bytes, of a computation on weights alone that is done once and kept instead of on every run. A
    /// transposed weight above it is read in place by the matrix product, which costs nothing; kept, it would be a second
    /// copy of the weight in the memory of every session.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int LargestFoldedConstant { get; init; } = 1 << 20;

    /// <summary>
    /// Re-arranges weights for a few percent more speed at the price of a copy of them in the memory of every session.
    /// </summary>
    public bool PrepackWeights { get; init; }
}
