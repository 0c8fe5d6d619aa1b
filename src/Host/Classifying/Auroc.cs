namespace Pellucid.Host.Classifying;

/// <summary>Area under the receiver operating characteristic.</summary>
public static class Auroc
{
    /// <summary>
    /// The chance that a positive has a higher score than a negative, ties counting one half (Mann and Whitney 1947); null where there
    /// are no positives or no negatives.
    /// </summary>
    /// <param name="scores">A finite score each.</param>
    /// <param name="labels">Whether each is positive; null where that is not known, which leaves it out.</param>
    public static double? Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool?> labels)
    {
        if (scores.Length != labels.Length) throw new ArgumentException($"{scores.Length} scores and {labels.Length} labels", nameof(labels));
        List<(double Score, bool Positive)> known = [];
        for (int i = 0; i < scores.Length; i++) if (labels[i] is { } positive) known.Add((scores[i], positive));
        long positives = known.Count(k => k.Positive), negatives = known.Count - positives;
        if (positives == 0 || negatives == 0) return null;
        known.Sort((a, b) => a.Score.CompareTo(b.Score));
        double wins = 0;
        long below = 0;
        for (int i = 0; i < known.Count;)
        {
            int end = i;
            long here = 0, up = 0;
            for (; end < known.Count && known[end].Score == known[i].Score; end++)
            {
                if (known[end].Positive) up++;
                else here++;
            }

            wins += up * (below + (0.5 * here));
            below += here;
            i = end;
        }

        return wins / ((double)positives * negatives);
    }
}
