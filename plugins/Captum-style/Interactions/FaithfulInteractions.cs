namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>
/// The game that is fitted: e_0 + sum of e_i over the regions i that are shown and of e_j over the words j that are kept + sum of e_ij over pairs of both.
/// </summary>
/// <param name="Intercept">e_0.</param>
/// <param name="Regions">e_i, [F].</param>
/// <param name="Words">e_j, [W].</param>
/// <param name="Cross">e_ij of a region and a word, [F][W].</param>
/// <param name="RegionPairs">e_ik of two regions, symmetric, [F][F]; null where they have none.</param>
/// <param name="WordPairs">e_jl of two words, symmetric, [W][W]; null where they have none.</param>
/// <param name="P">The probability it is faithful at.</param>
internal sealed record FaithfulInteractions(
    double Intercept, double[] Regions, double[] Words, double[][] Cross, double[][]? RegionPairs, double[][]? WordPairs, double P)
{
    /// <summary>Weighted Banzhaf value of each region in the fitted game: what it adds on the average over all others, each there with probability p.</summary>
    public double[] RegionValues() => [.. Regions.Select((e, i) => e + (P * (Cross[i].Sum() + (RegionPairs?[i].Sum() ?? 0))))];

    /// <summary>Weighted Banzhaf value of each word.</summary>
    public double[] WordValues() => [.. Words.Select((e, j) => e + (P * (Cross.Sum(row => row[j]) + (WordPairs?[j].Sum() ?? 0))))];

    /// <summary>Share of the weighted variance of a game that the fit explains; 1 for a game without any.</summary>
    /// <param name="image">Choices of regions.</param>
    /// <param name="text">Choices of words.</param>
    /// <param name="values">The game, [N][M].</param>
    public double Faithfulness(CoalitionSample image, CoalitionSample text, double[][] values)
    {
        double mean = 0, rest = 0, all = 0;
        for (int a = 0; a < values.Length; a++)
        {
            for (int b = 0; b < text.Weights.Length; b++) mean += image.Weights[a] * text.Weights[b] * values[a][b];
        }

        double[] ofText = [.. text.Present.Select(kept => Pairs(WordPairs, kept))];
        for (int a = 0; a < values.Length; a++)
        {
            bool[] shown = image.Present[a];
            double ofImage = Intercept + Pairs(RegionPairs, shown);
            double[] ofWord = [.. Words];
            for (int i = 0; i < shown.Length; i++)
            {
                if (!shown[i]) continue;
                ofImage += Regions[i];
                for (int j = 0; j < ofWord.Length; j++) ofWord[j] += Cross[i][j];
            }

            for (int b = 0; b < ofText.Length; b++)
            {
                double fitted = ofImage + ofText[b], weight = image.Weights[a] * text.Weights[b];
                for (int j = 0; j < ofWord.Length; j++) if (text.Present[b][j]) fitted += ofWord[j];
                rest += weight * (values[a][b] - fitted) * (values[a][b] - fitted);
                all += weight * (values[a][b] - mean) * (values[a][b] - mean);
            }
        }

        return all == 0 ? 1 : 1 - (rest / all);
    }

    private static double Pairs(double[][]? pairs, bool[] present)
    {
        double sum = 0;
        for (int i = 0; pairs is not null && i < present.Length; i++)
        {
            for (int k = 0; present[i] && k < i; k++) if (present[k]) sum += pairs[i][k];
        }

        return sum;
    }
}
