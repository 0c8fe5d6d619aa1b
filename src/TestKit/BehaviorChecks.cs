using System.Security.Cryptography;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.TestKit;

/// <summary>How an explainer behaves: deterministic, cancellable, without side effects.</summary>
internal static class BehaviorChecks
{
    /// <summary>Of the largest value of a map: what another batch shape may change in float32.</summary>
    private const float BatchTolerance = 1e-3f;

    public static async Task<string?> DeterminismAsync(Func<IExplainer> create, ExplanationRequest request, CancellationToken cancellationToken)
    {
        IExplainer explainer = create();
        string first = Fingerprint.Of(await explainer.ExplainAsync(request, cancellationToken));
        if (Fingerprint.Of(await explainer.ExplainAsync(request, cancellationToken)) != first) return "the second call of one instance gave other bytes; keep no state, take every draw from the request's seed";
        if (Fingerprint.Of(await create().ExplainAsync(request, cancellationToken)) != first) return "a new instance gave other bytes; take every draw from the request's seed";
        IReadOnlyList<Explanation>[] both = await Task.WhenAll(
            explainer.ExplainAsync(request, cancellationToken), explainer.ExplainAsync(request, cancellationToken));
        return both.All(b => Fingerprint.Of(b) == first) ? null : "two calls at once gave other bytes; an explainer must be safe for concurrent use";
    }

    public static async Task<string?> IndependenceAsync(IExplainer explainer, ExplanationRequest request, CancellationToken cancellationToken)
    {
        if (request.Targets.Count < 2) return null;
        IReadOnlyList<Explanation> together = await explainer.ExplainAsync(request, cancellationToken);
        for (int k = 0; k < request.Targets.Count; k++)
        {
            IReadOnlyList<Explanation> alone = await explainer.ExplainAsync(request with { Targets = [request.Targets[k]] }, cancellationToken);
            if (together[k].Image is { } a && alone[0].Image is { } b && !Near(a.Map, b.Map))
                return $"the map of {request.Targets[k].Describe()} is another when it is asked for alone";
        }

        return null;
    }

    public static async Task<string?> UntouchedAsync(IExplainer explainer, ExplanationRequest request, CancellationToken cancellationToken)
    {
        byte[] before = SHA256.HashData(request.Image.Pixels.Bytes);
        await explainer.ExplainAsync(request, cancellationToken);
        return SHA256.HashData(request.Image.Pixels.Bytes).AsSpan().SequenceEqual(before) ? null : "it wrote to the pixels of the request; copy what you change";
    }

    public static async Task<string?> CancellationAsync(IExplainer explainer, ExplanationRequest request)
    {
        try
        {
            await explainer.ExplainAsync(request, new CancellationToken(canceled: true));
            return "it ran to its end; pass the token on to everything that takes one";
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public static async Task<string?> ProgressAsync(IExplainer explainer, ExplanationRequest request, CancellationToken cancellationToken)
    {
        RecordedProgress progress = new();
        await explainer.ExplainAsync(request with { Progress = progress }, cancellationToken);
        double last = 0;
        foreach (double value in progress.Values)
        {
            if (!(value >= last && value <= 1)) return $"it reported {value} after {last}";
            last = value;
        }

        return null;
    }

    private static bool Near(HostTensor a, HostTensor b)
    {
        if (!a.Shape.SequenceEqual(b.Shape)) return false;
        float largest = 0;
        foreach (float value in a.Floats) largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < a.Length; i++)
        {
            if (Math.Abs(a.Floats[i] - b.Floats[i]) > BatchTolerance * largest) return false;
        }

        return true;
    }

    /// <summary>Reports come on the calling thread, unlike those of Progress, which posts them.</summary>
    private sealed class RecordedProgress : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
