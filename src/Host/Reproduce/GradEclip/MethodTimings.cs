using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>The paper's table 4: how long explainers take for one image and text, as a multiple of the forward pass. Differs from run to run, so it is in no other file.</summary>
/// <param name="ForwardMilliseconds">The forward pass of image and text, median of all runs.</param>
/// <param name="Explainers">Each explainer with its time in milliseconds and in forward passes.</param>
internal sealed record MethodTimings(double ForwardMilliseconds, IReadOnlyList<(string Explainer, double Milliseconds, double Forwards)> Explainers)
{
    private const int Times = 3;

    /// <summary>Measures each explainer three times, in turns with the forward pass: whatever else the machine does hits both. The median counts.</summary>
    public static async Task<MethodTimings> MeasureAsync(IVisionLanguageModel model, ImageInput image, MatchingScoreTarget target, IReadOnlyList<(string Name, IExplainer Explainer)> explainers, TimeProvider clock, CancellationToken cancellationToken)
    {
        HostTensor ids = HostTensor.Of([.. target.Text.Tokens.Ids], 1, target.Text.Tokens.Ids.Count);
        async Task ForwardAsync()
        {
            _ = await model.EmbedImagesAsync(image.Pixels, cancellationToken);
            _ = await model.EmbedTextsAsync(ids, cancellationToken);
        }

        List<double> forwards = [];
        List<(string, double, double)> found = [];
        ExplanationRequest request = new() { Model = model, Image = image, Targets = [target] };
        foreach ((string name, IExplainer explainer) in explainers)
        {
            try
            {
                (double forward, double time) = await InTurnsAsync(clock, ForwardAsync, async () => _ = await explainer.ExplainAsync(request, cancellationToken), forwards);
                found.Add((name, time, time / forward));
            }
            catch (PellucidException)
            {
                // It has no time: the model or the image is not for it, as its failed units say.
            }
        }

        return new MethodTimings(forwards.Count == 0 ? 0 : Median(forwards), found);
    }

    private static async Task<(double Forward, double Work)> InTurnsAsync(TimeProvider clock, Func<Task> forward, Func<Task> work, List<double> forwards)
    {
        await forward();
        await work(); // compiles its graphs
        double[] before = new double[Times], times = new double[Times];
        for (int t = 0; t < Times; t++) (before[t], times[t]) = (await TimeAsync(clock, forward), await TimeAsync(clock, work));
        forwards.AddRange(before);
        return (Median(before), Median(times));
    }

    private static async Task<double> TimeAsync(TimeProvider clock, Func<Task> work)
    {
        long start = clock.GetTimestamp();
        await work();
        return clock.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}
