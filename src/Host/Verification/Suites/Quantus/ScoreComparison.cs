using System.Globalization;
using System.Text.Json;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Compares scores that stand in a manifest, by the one rule, name by name.</summary>
internal static class ScoreComparison
{
    /// <summary>Compares; the worst name decides.</summary>
    public static CaseResult Compare(ManifestCase c, JsonElement reference, ScoreParts ours)
    {
        Dictionary<string, List<double>> parts = new(StringComparer.Ordinal);
        Collect(reference, string.Empty, parts);
        CaseResult? worst = null;
        foreach ((string name, List<double> golden) in parts)
        {
            if (!ours.Parts.TryGetValue(name, out IReadOnlyList<double>? values)) return new CaseResult(c.Id, c.Method, CaseOutcome.NotImplemented, $"the metric does not give '{name}'");
            CaseResult result = Compare(c, golden, values);
            if (result.Where is not null && name.Length > 0) result = result with { Where = $"{name} {result.Where}" };
            if (worst is null || IsWorse(result, worst)) worst = result;
        }

        return worst ?? new CaseResult(c.Id, c.Method, CaseOutcome.Failed, "the manifest holds no scores of the case");
    }

    private static bool IsWorse(CaseResult a, CaseResult b) => (a.Outcome == CaseOutcome.Passed, b.Outcome == CaseOutcome.Passed) switch
    {
        (false, true) => true,
        (true, false) => false,
        _ => (a.Relative ?? double.PositiveInfinity) > (b.Relative ?? double.PositiveInfinity),
    };

    private static CaseResult Compare(ManifestCase c, List<double> golden, IReadOnlyList<double> ours)
    {
        if (golden.Count != ours.Count) return new CaseResult(c.Id, c.Method, CaseOutcome.Failed, $"the reference has {golden.Count} numbers, ours {ours.Count}");
        for (int i = 0; i < golden.Count; i++)
        {
            // An undefined number must be that very one.
            if (!double.IsFinite(golden[i]) && double.IsFinite(ours[i]))
                return new CaseResult(c.Id, c.Method, CaseOutcome.Failed, "the reference has no number here, ours does not report the element as undefined") { Where = $"[{i}]: ours {ours[i].ToString("G6", CultureInfo.InvariantCulture)}" };
        }

        bool undefined = ours.Any(v => !double.IsFinite(v));
        return TensorComparison.Compare(c.Id, c.Method, Tensor(golden), new Computed(Tensor(ours), undefined ? "the metric is undefined here" : null), c.Float64Difference);
    }

    private static HostTensor Tensor(IReadOnlyList<double> values) => HostTensor.Of([.. values.Select(v => (float)v)], values.Count);

    private static void Collect(JsonElement element, string name, Dictionary<string, List<double>> parts)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject()) Collect(member.Value, name.Length == 0 ? member.Name : $"{name}/{member.Name}", parts);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray()) Collect(item, name, parts);
        }
        else
        {
            if (!parts.TryGetValue(name, out List<double>? values)) parts[name] = values = [];
            values.Add(element.ValueKind switch
            {
                JsonValueKind.Number => element.GetDouble(),
                JsonValueKind.True => 1,
                JsonValueKind.False => 0,
                _ => double.NaN,
            });
        }
    }
}
