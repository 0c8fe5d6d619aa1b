using Pellucid.Abstractions.Explanations;

namespace Pellucid.Modeling.Heads.Fitting;

/// <summary>Predictions of every row by a fit that has not seen it.</summary>
public static class CrossValidation
{
    private const ulong Seed = 20;

    /// <summary>The fold of each row: rows of one group are spread over the folds as evenly as can be, always in the same way.</summary>
    /// <param name="groups">Group of each row: its class, or 0 for all.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    public static int[] Folds(IReadOnlyList<int> groups, int folds)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        int[] result = new int[groups.Count], order = new SeededRandom(Seed).NextPermutation(groups.Count);
        int next = 0;
        foreach (int row in order.OrderBy(r => groups[r])) result[row] = next++ % folds;
        return result;
    }

    /// <summary>Predicts each fold by a fit of the others.</summary>
    /// <param name="embeddings">N rows of E.</param>
    /// <param name="fold">Fold of each row.</param>
    /// <param name="fit">Fits the rows whose indices it is given.</param>
    /// <param name="progress">Told after each fold how many are done, and of how many.</param>
    /// <returns>N rows of outputs.</returns>
    public static double[][] Predict(IReadOnlyList<double[]> embeddings, int[] fold, Func<int[], LinearFit> fit, IProgress<(int Done, int Total)>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(fit);
        double[][] predictions = new double[embeddings.Count][];
        int folds = fold.Max() + 1;
        for (int f = 0; f < folds; f++)
        {
            LinearFit fitted = fit([.. Enumerable.Range(0, fold.Length).Where(n => fold[n] != f)]);
            for (int n = 0; n < fold.Length; n++) if (fold[n] == f) predictions[n] = fitted.Predict(embeddings[n]);
            progress?.Report((f + 1, folds));
        }

        return predictions;
    }
}
