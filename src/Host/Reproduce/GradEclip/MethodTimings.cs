using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>The paper's table 4: how long explainers take for one image and text, as a multiple of the forward pass. Differs from run to run, so it is in no other file.</summary>
/// <param name="ForwardMilliseconds">The forward pass of image and text.</param>
/// <param name="Explainers">Each explainer with its time in milliseconds.</param>
internal sealed record MethodTimings(double ForwardMilliseconds, IReadOnlyList<(string Explainer, double Milliseconds)> Explainers)
{
    private const int Times = 3;

    /// <summary>Measures: the median of three runs after one that warms up.</summary>
    public static async Task<MethodTimings> MeasureAsync(IVisionLanguageModel model, ImageInput image, MatchingScoreTarget target, IReadOnlyList<(string Name, IExplainer Explainer)> explainers, TimeProvider clock, CancellationToken cancellationToken)
    {
        HostTensor ids = HostTensor.Of([.. target.Text.Tokens.Ids], 1, target.Text.Tokens.Ids.Count);
        double forward = await MedianAsync(clock, async () =>
        {
            _ = await model.EmbedImagesAsync(image.Pixels, cancellationToken);
            _ = await model.EmbedTextsAsync(ids, cancellationToken);
        });
        List<(string, double)> found = [];
        ExplanationRequest request = new() { Model = model, Image = image, Targets = [target] };
        foreach ((string name, IExplainer explainer) in explainers)
        {
            try
            {
                found.Add((name, await MedianAsync(clock, async () => _ = await explainer.ExplainAsync(request, cancellationToken))));
            }
            catch (PellucidException)
            {
                // It has no time: the model or the image is not for it, as its failed units say.
            }
        }

        return new MethodTimings(forward, found);
    }

    private static async Task<double> MedianAsync(TimeProvider clock, Func<Task> work)
    {
        await work();
        double[] times = new double[Times];
        for (int t = 0; t < Times; t++)
        {
            long start = clock.GetTimestamp();
            await work();
            times[t] = clock.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Times / 2];
    }
}
