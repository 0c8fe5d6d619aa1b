using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites;

/// <summary>A stored tensor that an explainer replays.</summary>
/// <param name="Name">What the explainer calls it.</param>
/// <param name="Key">What the suite calls it.</param>
/// <param name="File">File of the suite, without extension.</param>
internal sealed record StoredDraw(string Name, string Key, string File = "extra")
{
    /// <summary>Reads the tensors of a case.</summary>
    /// <exception cref="PellucidException">One is not there.</exception>
    public static IReadOnlyDictionary<string, HostTensor>? Read(SuiteManifest manifest, IReadOnlyList<StoredDraw> draws) =>
        draws.Count == 0 ? null : draws.ToDictionary(d => d.Name, d => manifest.Tensors(d.File + ".safetensors").Read(d.Key), StringComparer.Ordinal);
}
