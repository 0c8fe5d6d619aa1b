using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>Brings results back as explanations, so that what is computed on them does not depend on when they were made.</summary>
internal static class StoredExplanations
{
    /// <summary>The map of a result at the method's own resolution; null where it has none.</summary>
    /// <exception cref="PellucidException">Its artifact was damaged since the run began.</exception>
    public static async Task<HostTensor?> LoadMapAsync(this IArtifactStore artifacts, UnitResult result, CancellationToken cancellationToken)
    {
        if (result.Map is not { } map) return null;
        byte[] file = await artifacts.ReadAsync(map.Artifact, cancellationToken)
            ?? throw new PellucidException($"the map {map.Artifact} was removed or damaged while it was needed: run again, and it is computed anew");
        return NpyFormat.Read(file);
    }

    /// <summary>A result as an explanation. The tokens of a text are not brought back.</summary>
    public static async Task<Explanation> ToExplanationAsync(this IArtifactStore artifacts, UnitResult result, ExplanationTarget target, CancellationToken cancellationToken) => new()
    {
        Target = target,
        Score = result.Score,
        ExplainedScore = result.ExplainedScore,
        ExplainedFunction = result.ExplainedFunction,
        Image = result.Map is { } map
            ? new ImageAttribution { Map = (await artifacts.LoadMapAsync(result, cancellationToken))!, Signed = map.Signed, Upsampling = map.Upsampling, Undefined = map.Undefined }
            : null,
    };
}
