using Pellucid.Host.Statistics;

namespace Pellucid.Host.Reproduce;

/// <summary>
/// Judges claims by intervals over images: a claim holds where the whole 95 % interval, and for comparisons also the sign-flip test, are on its side. The mean over
/// the methods decides; single methods stand beside it, their p-values adjusted (Holm).
/// </summary>
/// <param name="findings">What was measured.</param>
/// <param name="methods">Names of the methods, in order.</param>
/// <param name="seed">Seed of bootstrap and tests.</param>
public sealed class ClaimJudge(StudyFindings findings, IReadOnlyList<string> methods, ulong seed)
{
    /// <summary>Judges all claims.</summary>
    public IReadOnlyList<Claim> Judge() => [.. ClaimDefinition.All.Select(Judge)];

    /// <summary>Judges one claim.</summary>
    public Claim Judge(ClaimDefinition claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        Func<ClaimDefinition, string?, ClaimEvidence> evidence = claim.Second is null ? AgainstThreshold : Compared;
        ClaimEvidence[] each = [.. methods.Select(m => evidence(claim, m))];
        double[] adjusted = Holm.Adjust([.. each.Select(e => e.PValue ?? 1)]);
        return new Claim(claim, evidence(claim, null), [.. each.Select((e, m) => e.PValue is null ? e : e with { PValue = adjusted[m], Verdict = Verdict(e, adjusted[m]) })]);
    }

    private ClaimEvidence AgainstThreshold(ClaimDefinition claim, string? method)
    {
        double[] values = [.. findings.ByImage(claim.First.Approach, claim.First.Measure, method).Values];
        if (values.Length == 0) return None(method);
        PairedDifference difference = PairedDifference.Of(values, [.. Enumerable.Repeat(claim.Threshold, values.Length)], seed);
        ClaimEvidence evidence = new(method, values.Length, Samples.Mean(values), claim.Threshold, difference.Mean, difference.Interval, difference.PValue, ClaimVerdict.CannotBeTold);
        return evidence with { Verdict = Verdict(evidence, difference.PValue) };
    }

    private ClaimEvidence Compared(ClaimDefinition claim, string? method)
    {
        IReadOnlyDictionary<string, double> first = findings.ByImage(claim.First.Approach, claim.First.Measure, method);
        IReadOnlyDictionary<string, double> second = findings.ByImage(claim.Second!.Value.Approach, claim.Second.Value.Measure, method);
        string[] items = [.. findings.Items.Where(i => first.ContainsKey(i) && second.ContainsKey(i))];
        if (items.Length == 0) return None(method);
        double[] a = [.. items.Select(i => first[i])], b = [.. items.Select(i => second[i])];
        PairedDifference difference = PairedDifference.Of(a, b, seed);
        ClaimEvidence evidence = new(method, items.Length, Samples.Mean(a), Samples.Mean(b), difference.Mean, difference.Interval, difference.PValue, ClaimVerdict.CannotBeTold);
        return evidence with { Verdict = Verdict(evidence, difference.PValue) };
    }

    private static ClaimVerdict Verdict(ClaimEvidence evidence, double adjusted) =>
        new PairedDifference(evidence.Difference!.Value, evidence.Interval, evidence.PValue!.Value, evidence.Images).Shown(adjusted) switch
        {
            ShownDifference.Higher => ClaimVerdict.Holds,
            ShownDifference.Lower => ClaimVerdict.DoesNotHold,
            _ => ClaimVerdict.CannotBeTold,
        };

    private static ClaimEvidence None(string? method) => new(method, 0, null, null, null, null, null, ClaimVerdict.CannotBeTold);
}
