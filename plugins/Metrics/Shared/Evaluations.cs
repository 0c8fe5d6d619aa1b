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

    /// <summary>Scores of all changed images, by item and step.</summary>
    public static async Task<double[][]> ScoreAsync(MetricRequest request, MeasuredScore score, Func<int, ChangedImages> changes, CancellationToken cancellationToken)
    {
        double[][] scores = new double[request.Items.Count][];
        List<(int Item, int Step, float[] Embedding)> waiting = [];
        await EmbedAsync(
            request,
            i =>
            {
                ChangedImages plan = changes(i);
                scores[i] = new double[plan.Count];
                return plan;
            },
            (i, step, embedding) => waiting.Add((i, step, embedding.ToArray())),
            async () =>
            {
                foreach (IGrouping<int, (int Item, int Step, float[] Embedding)> rows in waiting.GroupBy(w => w.Item))
                {
                    HostTensor embeds = HostTensor.Of([.. rows.SelectMany(r => r.Embedding)], rows.Count(), rows.First().Embedding.Length);
                    double[] values = await ItemScore.OfAsync(request.Model, request.Items[rows.Key], score, embeds, cancellationToken);
                    foreach (((int Item, int Step, float[] Embedding) row, double value) in rows.Zip(values)) scores[row.Item][row.Step] = value;
                }

                waiting.Clear();
            },
            cancellationToken);
        return scores;
    }
}
