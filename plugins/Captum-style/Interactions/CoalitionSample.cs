using Pellucid.Abstractions.Explanations;
using Pellucid.Plugins.CaptumStyle.Perturbation;

namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>Choices of the players of one modality.</summary>
/// <param name="Present">Who is there, [N][players].</param>
/// <param name="Weights">Weight of each choice in the fit; they sum to 1.</param>
internal sealed record CoalitionSample(bool[][] Present, double[] Weights)
{
    /// <summary>
    /// The stored choices; else all choices, weighted by p^|S| (1 - p)^(players - |S|), where they are no more than the samples; else draws, each player
    /// there with probability p.
    /// </summary>
    /// <param name="request">Gives seed and stored choices.</param>
    /// <param name="draw">Name of the stored choices, [N, players].</param>
    /// <param name="stream">0 or 1: modalities draw from streams of their own.</param>
    /// <param name="players">Number of players, at least 1.</param>
    /// <param name="samples">Number of choices.</param>
    /// <param name="p">Probability.</param>
    public static CoalitionSample Of(ExplanationRequest request, string draw, int stream, int players, int samples, double p)
    {
        if (ReplayedDraws.FindRows(request, draw, players, limit: 2) is { } rows) return Equal([.. rows.Select(r => r.Select(v => v == 1).ToArray())]);
        if (players < 31 && 1 << players <= samples)
        {
            bool[][] all = [.. Enumerable.Range(0, 1 << players).Select(set => Enumerable.Range(0, players).Select(i => (set >> i & 1) == 1).ToArray())];
            return new CoalitionSample(all, [.. all.Select(s => s.Aggregate(1.0, (w, there) => w * (there ? p : 1 - p)))]);
        }

        return Equal([.. Enumerable.Range(0, samples).Select(i =>
        {
            var random = SeededRandom.Fork(request.Seed, (2 * (ulong)i) + (ulong)stream);
            return Enumerable.Range(0, players).Select(_ => random.NextUniform() < p).ToArray();
        })]);
    }

    private static CoalitionSample Equal(bool[][] present) => new(present, [.. Enumerable.Repeat(1.0 / present.Length, present.Length)]);
}
