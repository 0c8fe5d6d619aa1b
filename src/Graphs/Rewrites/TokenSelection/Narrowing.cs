namespace Pellucid.Graphs.Rewrites.TokenSelection;

/// <summary>
/// What is needed of a value: one token along one axis. The axis may hold more than the tokens: [B*N, D] is then
/// seen as [B, N, 1, D], <see cref="Outer"/> being B, <see cref="Length"/> N and <see cref="Inner"/> 1.
/// </summary>
/// <param name="Axis">Axis of the value that holds the tokens.</param>
/// <param name="Length">Number of tokens N, at least 2.</param>
/// <param name="Index">Which token; without meaning where positions vary.</param>
internal sealed record Narrowing(int Axis, long Length, long Index)
{
    /// <summary>Value that holds one position a sample (B elements), or null where the token is the same for all.</summary>
    public string? Positions { get; init; }

    /// <summary>Axis that counts the samples; only with <see cref="Positions"/>.</summary>
    public int BatchAxis { get; init; } = -1;

    /// <summary>Product of the dimensions merged into the axis before the tokens, -1 if dynamic.</summary>
    public long Outer { get; init; } = 1;

    /// <summary>Product of the dimensions merged into the axis after the tokens, -1 if dynamic.</summary>
    public long Inner { get; init; } = 1;

    /// <summary>Whether the axis holds more than the tokens.</summary>
    public bool IsMerged => Outer != 1 || Inner != 1;

    /// <summary>What remains of the axis: 1, or what is merged with the tokens.</summary>
    public long Remaining => Outer < 0 || Inner < 0 ? TensorShape.Dynamic : Outer * Inner;
}
