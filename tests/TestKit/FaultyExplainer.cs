using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.TestKit.Tests;

/// <summary>What can be wrong with an explainer.</summary>
public enum Fault
{
    None,
    Nan,
    NegativeUnsigned,
    SilentZeros,
    TooFew,
    WrongRank,
    WrongScore,
    HiddenDrift,
    Unseeded,
    MixesTargets,
    WritesToPixels,
    IgnoresCancellation,
    ProgressGoesBack,
    TakesAnyTarget,
    NeedsNothing,
    Throws,
}

/// <summary>A small sound explainer (the brightness of each pixel times the score), and all ways to break it.</summary>
public sealed class FaultyExplainer(Fault fault) : IExplainer
{
    private static int _calls;

    public ModelCapabilities Requires => fault == Fault.NeedsNothing ? ModelCapabilities.None : ModelCapabilities.Evaluate;

    public bool CanExplain(ExplanationTarget target) => fault == Fault.TakesAnyTarget || target is MatchingScoreTarget;

    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        if (fault == Fault.Throws) throw new InvalidTimeZoneException("wrong zone");
        if (fault == Fault.IgnoresCancellation) cancellationToken = CancellationToken.None;
        cancellationToken.ThrowIfCancellationRequested();
        HostTensor image = await request.Model.EmbedImagesAsync(request.Image.Pixels, cancellationToken);
        request.Progress?.Report(0.5);
        request.Progress?.Report(fault == Fault.ProgressGoesBack ? 0.25 : 1);
        if (fault == Fault.WritesToPixels) request.Image.Pixels.Floats[0] += 1;
        return [.. request.Targets.Take(fault == Fault.TooFew ? 1 : int.MaxValue).Select(t => Explain(request, (MatchingScoreTarget)t, image))];
    }

    private Explanation Explain(ExplanationRequest request, MatchingScoreTarget target, HostTensor image)
    {
        double score = request.Model.Fusion.Score(image.Floats, target.Text.Embedding.Floats, target.Score);
        int height = request.Image.Size.Height, width = request.Image.Size.Width;
        float[] map = new float[height * width];
        for (int i = 0; i < map.Length; i++) map[i] = Math.Abs(request.Image.Pixels.Floats[i] * (float)score);
        switch (fault)
        {
            case Fault.Nan: map[3] = float.NaN; break;
            case Fault.NegativeUnsigned: map[3] = -1; break;
            case Fault.SilentZeros: Array.Clear(map); break;
            case Fault.Unseeded: map[0] = Interlocked.Increment(ref _calls); break;
            case Fault.MixesTargets: map[0] += 100 * request.Targets.Count; break;
        }

        return new Explanation
        {
            Target = target,
            Score = score + (fault == Fault.WrongScore ? 0.5 : 0),
            ExplainedScore = score + (fault is Fault.HiddenDrift ? 0.1 : fault is Fault.WrongScore ? 0.5 : 0),
            ExplainedFunction = "the served model",
            Image = new ImageAttribution { Map = fault == Fault.WrongRank ? HostTensor.Of(map, 1, height, width) : HostTensor.Of(map, height, width), Signed = false },
        };
    }
}
