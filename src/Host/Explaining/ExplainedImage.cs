using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Explaining;

/// <summary>An image of a job.</summary>
/// <param name="Name">Path as the user gave it.</param>
/// <param name="Original">The decoded image, RGB.</param>
/// <param name="Input">What the model got.</param>
public sealed record ExplainedImage(string Name, DecodedImage Original, ImageInput Input);
