using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>A map that is kept as an artifact.</summary>
/// <param name="Artifact">Name of the artifact: a .npy file with float32 [h, w] at the method's own resolution.</param>
/// <param name="Elements">Name of the artifact with float32 [C, H, W], the attribution of every input element; null where the method gives none.</param>
/// <param name="Signed">Whether negative values mean evidence against the target.</param>
/// <param name="Upsampling">How it is brought to image size.</param>
/// <param name="Undefined">Why it says nothing; null where it does.</param>
/// <param name="Geometry">Where the model's input lies on the image.</param>
/// <param name="WordMaps">Name of the artifact with float32 [words, h, w], a map for each word of the text; null where the method gives none.</param>
public sealed record StoredMap(string Artifact, string? Elements, bool Signed, MapUpsampling Upsampling, string? Undefined, ImageGeometry Geometry, string? WordMaps = null)
{
    /// <summary>Names of all its artifacts.</summary>
    public IEnumerable<string> Artifacts() => new[] { Artifact, Elements, WordMaps }.OfType<string>();
}
