namespace Pellucid.Graphs;

/// <summary>Suggestions for a name that does not exist, by edit distance.</summary>
public static class NearestNames
{
    /// <summary>The up to <paramref name="count"/> candidates nearest to a name, nearest first; ties in ordinal order.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> candidates, int count = 3) =>
        candidates.Distinct(StringComparer.Ordinal)
            .Select(c => (Candidate: c, Distance: Distance(name.ToLowerInvariant(), c.ToLowerInvariant())))
            .Where(c => c.Distance <= Math.Max(name.Length, c.Candidate.Length) * 2 / 3)
            .OrderBy(c => c.Distance).ThenBy(c => c.Candidate, StringComparer.Ordinal)
            .Take(count).Select(c => c.Candidate).ToArray();

    /// <summary>Text to append to a message: <c>; nearest: a, b, c</c>, or nothing where none is near.</summary>
    public static string Suffix(string name, IEnumerable<string> candidates)
    {
        IReadOnlyList<string> near = Of(name, candidates);
        return near.Count == 0 ? string.Empty : "; nearest: " + string.Join(", ", near);
    }

    private static int Distance(string a, string b)
    {
        int[] row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[b.Length];
    }
}
