using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Stored choices of regions.</summary>
internal static class RegionSamples
{
    /// <summary>The choices that a request replays as <c>samples</c> [N, F]; null where it replays none.</summary>
    /// <exception cref="PellucidException">They do not fit.</exception>
    public static bool[][]? Replayed(ExplanationRequest request, int features) =>
        ReplayedDraws.FindRows(request, "samples", features, limit: 2) is { } rows ? [.. rows.Select(r => r.Select(v => v == 1).ToArray())] : null;
}
