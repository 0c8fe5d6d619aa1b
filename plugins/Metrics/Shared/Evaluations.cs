using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Runs the model on the changed images of all items of a request, in full batches across items and steps.</summary>
internal static class Evaluations
{
    /// <summary>Embeds all changed images.</summary>
    /// <param name="request">The items.</param>
    /// <param name="changes">Makes the changed images of an item; called once an item, when its turn comes.</param>
    /// <param name="receive">Gets each embedding.</param>
    /// <param name="afterBatch">Called when the embeddings of a batch have been received; null for nothing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task EmbedAsync(MetricRequest request, Func<int, ChangedImages> changes, StepReceiver receive, Func<Task>? afterBatch, CancellationToken cancellationToken)
    {
        long evaluated = 0;
        EvaluationQueue queue = new(request.Model, request.BatchSize, cancellationToken);
        for (int i = 0; i < request.Items.Count; i++)
        {
            HostTensor image = request.Items[i].Image.Pixels;
            ChangedImages plan = changes(i);
            float[] state = image.Floats.ToArray();
            for (int step = 0; step < plan.Count; step++)
            {
                if (!plan.Cumulative && step > 0) image.Floats.CopyTo(state);
                plan.Write(step, state);
                int item = i, number = step;
                await queue.AddAsync(state, image.Shape, embedding => receive(item, number, embedding));
                if (queue.Evaluated == evaluated || afterBatch is null) continue;
                evaluated = queue.Evaluated;
                await afterBatch();
            }

            request.Progress?.Report((i + 1.0) / request.Items.Count);
        }

        await queue.FlushAsync();
        if (afterBatch is not null) await afterBatch();
    }

    /// <summary>A score of all changed images, by item and step.</summary>
    public static async Task<double[][]> ScoreAsync(MetricRequest request, MeasuredScore score, Func<int, ChangedImages> changes, CancellationToken cancellationToken) =>
        [.. (await ScoresAsync(request, [score], changes, cancellationToken)).Select(s => s[0])];

    /// <summary>Scores of all changed images, by item, score and step.</summary>
    public static async Task<double[][][]> ScoresAsync(
        MetricRequest request, IReadOnlyList<MeasuredScore> wanted, Func<int, ChangedImages> changes, CancellationToken cancellationToken)
    {
        double[][][] scores = new double[request.Items.Count][][];
        List<(int Item, int Step, float[] Embedding)> waiting = [];
        await EmbedAsync(
            request,
            i =>
            {
                ChangedImages plan = changes(i);
                scores[i] = [.. wanted.Select(_ => new double[plan.Count])];
                return plan;
            },
            (i, step, embedding) => waiting.Add((i, step, embedding.ToArray())),
            async () =>
            {
                foreach (IGrouping<int, (int Item, int Step, float[] Embedding)> group in waiting.GroupBy(w => w.Item))
                {
                    (int Item, int Step, float[] Embedding)[] rows = [.. group];
                    HostTensor embeds = HostTensor.Of([.. rows.SelectMany(r => r.Embedding)], rows.Length, rows[0].Embedding.Length);
                    double[][] values = await ItemScore.OfAsync(request.Model, request.Items[group.Key], wanted, embeds, cancellationToken);
                    for (int row = 0; row < rows.Length; row++)
                    {
                        for (int k = 0; k < wanted.Count; k++) scores[group.Key][k][rows[row].Step] = values[k][row];
                    }
                }

                waiting.Clear();
            },
            cancellationToken);
        return scores;
    }
}
