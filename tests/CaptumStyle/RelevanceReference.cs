namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>Relevance of one layer as the papers write it, in loops over doubles.</summary>
internal static class RelevanceReference
{
    /// <summary>z = x W + b, W [inputs, outputs].</summary>
    public static double[] Forward(double[] x, double[,] w, double[] b) =>
        [.. b.Select((bias, j) => bias + Enumerable.Range(0, x.Length).Sum(i => x[i] * w[i, j]))];

    /// <summary>Bach et al. 2015, eq. 58.</summary>
    public static double[] Epsilon(double[] x, double[,] w, double[] b, double[] relevance, double epsilon)
    {
        double[] z = Forward(x, w, b);
        return Shares(x, relevance, (i, j) => x[i] * w[i, j] / (z[j] + (z[j] >= 0 ? epsilon : -epsilon)));
    }

    /// <summary>Bach et al. 2015, eq. 60.</summary>
    public static double[] AlphaBeta(double[] x, double[,] w, double[] b, double[] relevance, double alpha)
    {
        double[] above = new double[relevance.Length], below = new double[relevance.Length];
        for (int j = 0; j < relevance.Length; j++)
        {
            (above[j], below[j]) = (Math.Max(b[j], 0), Math.Min(b[j], 0));
            for (int i = 0; i < x.Length; i++)
            {
                above[j] += Math.Max(x[i] * w[i, j], 0);
                below[j] += Math.Min(x[i] * w[i, j], 0);
            }
        }

        return Shares(x, relevance, (i, j) => (alpha * Math.Max(x[i] * w[i, j], 0) / above[j]) - ((alpha - 1) * (below[j] == 0 ? 0 : Math.Min(x[i] * w[i, j], 0) / below[j])));
    }

    /// <summary>Contributions of the output's own sign count 1 + gamma times (Andéol et al. 2021, the generalized gamma rule).</summary>
    public static double[] Gamma(double[] x, double[,] w, double[] b, double[] relevance, double gamma)
    {
        double[] z = Forward(x, w, b);
        double Raised(double part, int j) => part * (part * z[j] > 0 ? 1 + gamma : 1);
        return Shares(x, relevance, (i, j) => Raised(x[i] * w[i, j], j) / (Raised(b[j], j) + Enumerable.Range(0, x.Length).Sum(k => Raised(x[k] * w[k, j], j))));
    }

    private static double[] Shares(double[] x, double[] relevance, Func<int, int, double> share) =>
        [.. x.Select((_, i) => Enumerable.Range(0, relevance.Length).Sum(j => relevance[j] == 0 ? 0 : share(i, j) * relevance[j]))];
}
