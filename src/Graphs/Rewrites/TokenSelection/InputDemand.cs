namespace Pellucid.Graphs.Rewrites.TokenSelection;

/// <summary>What a node that makes one token needs of one of its inputs.</summary>
/// <param name="Narrowing">The token needed, or null where the input is needed as it is.</param>
/// <param name="Unbatched">
/// The input has a token axis but no batch axis, while every sample takes another token (the rows of an attention
/// mask): it is gathered on the spot, and the batch appears.
/// </param>
internal sealed record InputDemand(Narrowing? Narrowing, bool Unbatched = false)
{
    public static InputDemand AsIs { get; } = new(Narrowing: null);
}
