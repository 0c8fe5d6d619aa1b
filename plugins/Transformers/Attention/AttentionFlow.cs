using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Attention;

/// <summary>
/// How much of each token of the first block reaches the selected token at the end: one row of the product of all blocks' matrices,
/// taken from the last block to the first, so that a block costs N^2 and not N^3.
/// </summary>
internal static class AttentionFlow
{
    /// <summary>Attention rollout (Abnar, Zuidema 2020, section 3): the product of (A + I), each row divided by its sum.</summary>
    public static float[] Rollout(IReadOnlyList<HostTensor> attention, int sample, int selected) =>
        Row(attention, sample, selected, static (row, matrix, from, size, next) =>
        {
            double sum = 1;
            for (int j = 0; j < size; j++) sum += matrix[j];
            double share = row[from] / sum;
            for (int j = 0; j < size; j++) next[j] += share * matrix[j];
            next[from] += share;
        });

    /// <summary>Relevance (Chefer, Gur, Wolf 2021, eq. 5 and 6): R becomes R + C R, from R = I, with C the weighted attention of a block.</summary>
    public static float[] Relevance(IReadOnlyList<HostTensor> weighted, int sample, int selected) =>
        Row(weighted, sample, selected, static (row, matrix, from, size, next) =>
        {
            next[from] += row[from];
            for (int j = 0; j < size; j++) next[j] += row[from] * matrix[j];
        });

    /// <summary>One row of a block: [N] of the matrix into which the row so far goes at a token.</summary>
    private delegate void Step(double[] row, ReadOnlySpan<float> matrixRow, int from, int size, double[] next);

    /// <param name="blocks">Early to late, [B, N, N]; where only the selected token is computed, [B, 1, N].</param>
    /// <param name="sample">Which of the B; 0 where there is only one.</param>
    /// <param name="selected">Position of the token at the end.</param>
    /// <param name="step">Takes one row through a block.</param>
    private static float[] Row(IReadOnlyList<HostTensor> blocks, int sample, int selected, Step step)
    {
        int size = (int)blocks[0].Shape[2];
        double[] row = new double[size];
        row[selected] = 1;
        foreach (HostTensor block in blocks.Reverse())
        {
            int rows = (int)block.Shape[1], first = (block.Shape[0] == 1 ? 0 : sample) * rows * size;
            double[] next = new double[size];
            for (int i = 0; i < size; i++)
            {
                if (row[i] == 0) continue;
                if (rows == 1 && i != selected) throw new InvalidOperationException("a block computed for one token is followed by another that reads more of it");
                step(row, block.Floats.Slice(first + ((rows == 1 ? 0 : i) * size), size), i, size, next);
            }

            row = next;
        }

        return Array.ConvertAll(row, v => (float)v);
    }
}
