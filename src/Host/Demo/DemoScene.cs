using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;

namespace Pellucid.Host.Demo;

/// <summary>A scene and one of its objects, explained by every method of the demo.</summary>
/// <param name="Name">File name of the scene.</param>
/// <param name="Image">The scene.</param>
/// <param name="Object">The object that the text names.</param>
/// <param name="Results">For each method: what it says, its map at image size, and whether it points at the object.</param>
public sealed record DemoScene(
    string Name, DecodedImage Image, ShapesObject Object, IReadOnlyList<(Explanation Explanation, Graphs.HostTensor Map, bool? Hit)> Results);
