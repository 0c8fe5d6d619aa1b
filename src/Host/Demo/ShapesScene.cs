namespace Pellucid.Host.Demo;

/// <summary>A scene of the embedded data set.</summary>
/// <param name="ImagePath">Image file.</param>
/// <param name="Objects">Objects of the scene.</param>
public sealed record ShapesScene(string ImagePath, IReadOnlyList<ShapesObject> Objects);
