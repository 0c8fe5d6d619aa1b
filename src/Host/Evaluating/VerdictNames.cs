namespace Pellucid.Host.Evaluating;

/// <summary>Verdicts in words.</summary>
internal static class VerdictNames
{
    public static string Of(ComparisonVerdict verdict) => verdict switch
    {
        ComparisonVerdict.Better => "better",
        ComparisonVerdict.Worse => "worse",
        ComparisonVerdict.Higher => "higher",
        ComparisonVerdict.Lower => "lower",
        ComparisonVerdict.NoDifferenceShown => "no difference shown",
        _ => "not tested",
    };
}
