using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>A map that is kept as an artifact.</summary>
/// <param name="Artifact">Name of the artifact: a .npy file with float32 [h, w] at the method's own resolution.</param>
/// <param name="Signed">Whether negative values mean evidence against the target.</param>
/// <param name="Upsampling">How it is brought to image size.</param>
/// <param name="Undefined">Why it says nothing; null where it does.</param>
/// <param name="Geometry">Where the model's input lies on the image.</param>
public sealed record StoredMap(string Artifact, bool Signed, MapUpsampling Upsampling, string? Undefined, ImageGeometry Geometry);
