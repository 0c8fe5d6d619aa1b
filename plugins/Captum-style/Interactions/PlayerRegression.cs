using Pellucid.Abstractions.Numerics;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Perturbation;

namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>
/// Weighted least squares with intercept and ridge on the players of one modality, and on their pairs where wanted: columns x_i and
/// (x_i - p)(x_k - p), without their weighted means.
/// </summary>
internal sealed class PlayerRegression
{
    private readonly double[][] _columns;
    private readonly double[] _roots;
    private readonly Cholesky _players, _all;

    /// <summary>Prepares the normal equations.</summary>
    /// <param name="sample">Choices of players.</param>
    /// <param name="p">Probability of a player.</param>
    /// <param name="pairs">Whether pairs have values too.</param>
    /// <param name="ridge">Ridge, relative to the diagonal.</param>
    /// <param name="what">Who the players are, for messages.</param>
    /// <param name="remedy">What to set if the choices are too few.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">The choices do not determine the values.</exception>
    public PlayerRegression(CoalitionSample sample, double p, bool pairs, double ridge, string what, string remedy, CancellationToken cancellationToken)
    {
        int players = sample.Present[0].Length;
        Players = players;
        Pairs = pairs ? [.. Enumerable.Range(0, players).SelectMany(i => Enumerable.Range(i + 1, players - i - 1).Select(k => (i, k)))] : [];
        int unknown = players + Pairs.Length, distinct = sample.Present.Select(row => string.Concat(row.Select(v => v ? '1' : '0'))).Distinct(StringComparer.Ordinal).Count();
        PellucidException Undetermined() => new(
            $"{distinct} different choices of {players} {what} do not determine {unknown} values{(pairs ? ", pairs included" : string.Empty)}; set {remedy}{(pairs ? " or pairs=cross" : string.Empty)}");
        if (distinct <= unknown) throw Undetermined();
        _roots = [.. sample.Weights.Select(Math.Sqrt)];
        Means = new double[players];
        PairMeans = new double[Pairs.Length];
        _columns = new double[unknown][];
        for (int i = 0; i < players; i++) _columns[i] = Centered(sample, [.. sample.Present.Select(s => s[i] ? 1.0 : 0.0)], out Means[i]);
        for (int n = 0; n < Pairs.Length; n++)
        {
            (int i, int k) = Pairs[n];
            _columns[players + n] = Centered(sample, [.. sample.Present.Select(s => ((s[i] ? 1.0 : 0.0) - p) * ((s[k] ? 1.0 : 0.0) - p))], out PairMeans[n]);
        }

        _players = Factor(players, ridge, cancellationToken) ?? throw Undetermined();
        _all = pairs ? Factor(unknown, ridge, cancellationToken) ?? throw Undetermined() : _players;
    }

    /// <summary>Number of players.</summary>
    public int Players { get; }

    /// <summary>The pairs that have values.</summary>
    public (int First, int Second)[] Pairs { get; }

    /// <summary>Weighted mean of each player's presence.</summary>
    public double[] Means { get; }

    /// <summary>Weighted mean of each pair's column.</summary>
    public double[] PairMeans { get; }

    /// <summary>Coefficients of the players alone.</summary>
    /// <param name="response">A value for each choice; constants do not count.</param>
    public double[] OfPlayers(double[] response) => Solve(_players, Players, response);

    /// <summary>Coefficients of the players, then of the pairs.</summary>
    /// <inheritdoc cref="OfPlayers"/>
    public double[] OfAll(double[] response) => Solve(_all, _columns.Length, response);

    private double[] Solve(Cholesky factor, int count, double[] response)
    {
        double[] weighted = [.. response.Select((r, n) => r * _roots[n])];
        return factor.Solve([.. _columns.Take(count).Select(c => Dot(c, weighted))]);
    }

    private Cholesky? Factor(int count, double ridge, CancellationToken cancellationToken)
    {
        double[][] gram = new double[count][];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            gram[i] = [.. Enumerable.Range(0, i + 1).Select(j => Dot(_columns[i], _columns[j]))];
            gram[i][i] *= 1 + ridge;
        }

        return Cholesky.Factor(gram, WeightedLeastSquares.SmallestPivot, cancellationToken);
    }

    private double[] Centered(CoalitionSample sample, double[] values, out double mean)
    {
        mean = Dot(values, sample.Weights);
        for (int n = 0; n < values.Length; n++) values[n] = (values[n] - mean) * _roots[n];
        return values;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
