using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>An image that is being worked on.</summary>
/// <param name="Image">Its pixels.</param>
/// <param name="Input">What the model gets.</param>
public sealed record LoadedItem(DecodedImage Image, ImageInput Input);
