namespace Pellucid.Host.Reproduce;

/// <summary>A claim that was judged.</summary>
/// <param name="Definition">What it says.</param>
/// <param name="Overall">The evidence of all methods together, which decides.</param>
/// <param name="Methods">The evidence of each method.</param>
public sealed record Claim(ClaimDefinition Definition, ClaimEvidence Overall, IReadOnlyList<ClaimEvidence> Methods)
{
    /// <summary>The verdict in words.</summary>
    public static string Say(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.DoesNotHold => "does not hold",
        _ => "cannot be told",
    };
}
