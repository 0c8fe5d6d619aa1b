using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>Brings results back as explanations, so that what is computed on them does not depend on when they were made.</summary>
internal static class StoredExplanations
{
    /// <summary>A tensor that was kept.</summary>
    /// <exception cref="PellucidException">Its artifact was damaged since the run began.</exception>
    public static async Task<HostTensor> LoadAsync(this IArtifactStore artifacts, string name, CancellationToken cancellationToken) => NpyFormat.Read(
        await artifacts.ReadAsync(name, cancellationToken) ?? throw Damaged(name));

    /// <summary>What is wrong where an artifact that was there is not.</summary>
    public static PellucidException Damaged(string name) => new($"the result {name} was removed or damaged while it was needed: run again, and it is computed anew");

    /// <summary>A result as an explanation; of its details, the maps of words.</summary>
    /// <param name="artifacts">Where its maps are.</param>
    /// <param name="result">The result.</param>
    /// <param name="target">What it explains.</param>
    /// <param name="tokens">The text it is about; null where it is about none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<Explanation> ToExplanationAsync(
        this IArtifactStore artifacts, UnitResult result, ExplanationTarget target, TokenizedText? tokens, CancellationToken cancellationToken)
    {
        ImageAttribution? image = result.Map is not { } map ? null : new ImageAttribution
        {
            Map = await artifacts.LoadAsync(map.Artifact, cancellationToken),
            Elements = map.Elements is { } elements ? await artifacts.LoadAsync(elements, cancellationToken) : null,
            Signed = map.Signed,
            Upsampling = map.Upsampling,
            Undefined = map.Undefined,
        };
        Dictionary<string, HostTensor> details = new(StringComparer.Ordinal);
        if (result.Map?.WordMaps is { } wordMaps) details[Explanation.InteractionsDetail] = await artifacts.LoadAsync(wordMaps, cancellationToken);
        StoredWords? words = result.Words is { } json && tokens is not null ? StoredJson.Read<StoredWords>(json) : null;
        return new Explanation
        {
            Target = target,
            Score = result.Score,
            ExplainedScore = result.ExplainedScore,
            ExplainedFunction = result.ExplainedFunction,
            Image = image,
            Text = words is null ? null : new TokenAttribution { Tokens = tokens!, Importances = words.Tokens, Signed = words.Signed, Undefined = words.Undefined },
            Details = details,
        };
    }
}
