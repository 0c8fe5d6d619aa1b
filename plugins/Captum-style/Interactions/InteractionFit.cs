namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>
/// The least-squares fit of a game that is known for every choice of regions with every choice of words. Columns of one modality have no weighted
/// mean, so a column of regions, one of words and a product of both are orthogonal over the product of the choices, and the fit falls into three:
/// mean over the texts on the regions, mean over the images on the words, and the rest on the products, region by region and then word by word.
/// </summary>
/// <param name="image">Regression on regions.</param>
/// <param name="text">Regression on words.</param>
/// <param name="p">Probability of a player.</param>
internal sealed class InteractionFit(PlayerRegression image, PlayerRegression text, double p)
{
    /// <summary>The fit.</summary>
    /// <param name="values">The game, [N][M].</param>
    /// <param name="imageWeights">Weights of the choices of regions, [N].</param>
    /// <param name="textWeights">Weights of the choices of words, [M].</param>
    public FaithfulInteractions Fit(double[][] values, double[] imageWeights, double[] textWeights)
    {
        double[] ofImage = [.. values.Select(row => row.Select((v, b) => v * textWeights[b]).Sum())];
        double[] ofText = [.. textWeights.Select((_, b) => values.Select((row, a) => row[b] * imageWeights[a]).Sum())];
        double mean = ofImage.Select((v, a) => v * imageWeights[a]).Sum();

        // A modality that changes nothing has values of 0 and not of rounding errors.
        bool imageCounts = values.Any(row => !row.AsSpan().SequenceEqual(values[0])), textCounts = values.Any(row => row.Any(v => v != row[0]));
        double[] alpha = imageCounts ? image.OfAll(Without(ofImage, mean)) : new double[image.Players + image.Pairs.Length];
        double[] beta = textCounts ? text.OfAll(Without(ofText, mean)) : new double[text.Players + text.Pairs.Length];
        double[][] gamma = [.. Enumerable.Range(0, image.Players).Select(_ => new double[text.Players])];
        if (imageCounts && textCounts)
        {
            double[][] slopes = [.. textWeights.Select((_, b) => image.OfPlayers([.. values.Select((row, a) => row[b] - ofText[b])]))];
            for (int i = 0; i < gamma.Length; i++) gamma[i] = text.OfPlayers([.. slopes.Select(s => s[i])]);
        }

        return Uncentered(mean, alpha, beta, gamma);
    }

    /// <summary>The same function of who is there, written without means: products multiplied out.</summary>
    private FaithfulInteractions Uncentered(double mean, double[] alpha, double[] beta, double[][] gamma)
    {
        double[][]? regionPairs = Pairs(image, alpha), wordPairs = Pairs(text, beta);
        double[] regions = [.. gamma.Select((row, i) => alpha[i] - row.Select((g, j) => g * text.Means[j]).Sum() - (p * (regionPairs?[i].Sum() ?? 0)))];
        double[] words = [.. Enumerable.Range(0, text.Players).Select(j => beta[j] - gamma.Select((row, i) => row[j] * image.Means[i]).Sum() - (p * (wordPairs?[j].Sum() ?? 0)))];
        double intercept = mean + Constant(image, alpha) + Constant(text, beta)
            + gamma.Select((row, i) => image.Means[i] * row.Select((g, j) => g * text.Means[j]).Sum()).Sum();
        return new FaithfulInteractions(intercept, regions, words, gamma, regionPairs, wordPairs, p);
    }

    private double Constant(PlayerRegression side, double[] coefficients)
    {
        double sum = 0;
        for (int i = 0; i < side.Players; i++) sum -= coefficients[i] * side.Means[i];
        for (int n = 0; n < side.Pairs.Length; n++) sum += coefficients[side.Players + n] * ((p * p) - side.PairMeans[n]);
        return sum;
    }

    private static double[][]? Pairs(PlayerRegression side, double[] coefficients)
    {
        if (side.Pairs.Length == 0) return null;
        double[][] pairs = [.. Enumerable.Range(0, side.Players).Select(_ => new double[side.Players])];
        for (int n = 0; n < side.Pairs.Length; n++)
        {
            (int i, int k) = side.Pairs[n];
            pairs[i][k] = pairs[k][i] = coefficients[side.Players + n];
        }

        return pairs;
    }

    private static double[] Without(double[] values, double mean) => Array.ConvertAll(values, v => v - mean);
}
