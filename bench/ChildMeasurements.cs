using System.Globalization;
using Pellucid.Abstractions.Explanations;
using Pellucid.Plugins.CaptumStyle.Paths;
using Pellucid.Plugins.GradEclip;

namespace Pellucid.Bench;

/// <summary>What is measured in a process of its own, because it is about all of the process's memory.</summary>
internal static class ChildMeasurements
{
    public const string Peak = "peak", Sessions = "sessions", FewSteps = "few-steps", ManySteps = "many-steps";

    /// <summary>Makes a measurement; the result is one line of bytes.</summary>
    public static async Task<string> RunAsync(string measurement, int threads)
    {
        long bytes = measurement switch
        {
            Peak => await PeakAsync(threads),
            Sessions => await SessionsAsync(threads),
            FewSteps => await StepsAsync(threads, 10),
            ManySteps => await StepsAsync(threads, 100),
            _ => throw new ArgumentOutOfRangeException(nameof(measurement), measurement, "no such measurement"),
        };
        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>All that a user's first explanation takes: loading, encoding a text, map and word importances.</summary>
    private static async Task<long> PeakAsync(int threads)
    {
        using BenchModel model = await BenchModel.LoadAsync(threads);
        await ExplainAsync(model, texts: true);
        return ProcessMemory.Peak();
    }

    /// <summary>Two sessions over the image encoder, the plain one and the one that explains, after both have run.</summary>
    private static async Task<long> SessionsAsync(int threads)
    {
        using BenchModel model = await BenchModel.LoadAsync(threads);
        _ = await model.Model.EmbedImagesAsync(model.Image.Pixels);
        await ExplainAsync(model, texts: false);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return ProcessMemory.Anonymous();
    }

    /// <summary>Integrated gradients with so many steps.</summary>
    private static async Task<long> StepsAsync(int threads, int steps)
    {
        using BenchModel model = await BenchModel.LoadAsync(threads);
        var explainer = new IntegratedGradientsExplainer(new IntegratedGradientsOptions { Steps = steps.ToString(CultureInfo.InvariantCulture) }, NoImages.Instance);
        _ = await model.ExplainAsync(explainer, await model.TextTargetsAsync(1));
        return ProcessMemory.Peak();
    }

    private static async Task ExplainAsync(BenchModel model, bool texts)
    {
        IReadOnlyList<ExplanationTarget> targets = await model.TextTargetsAsync(1);
        _ = await model.ExplainAsync(new GradEclipExplainer(new GradEclipOptions(), model.Runner), targets, texts);
    }
}
