namespace Pellucid.Host.Demo;

/// <summary>An object of a scene.</summary>
/// <param name="Phrase">A phrase that is true of this object only, such as "a red cube".</param>
/// <param name="Mask">Where it is, [H, W] row-major.</param>
public sealed record ShapesObject(string Phrase, bool[] Mask);
