using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Demo;

/// <summary>What the demo found.</summary>
/// <param name="Model">The embedded model.</param>
/// <param name="Scenes">Scenes to show.</param>
/// <param name="Tallies">Pointing game over the whole data set, one a method.</param>
/// <param name="SceneCount">Scenes of the data set that took part.</param>
public sealed record DemoResult(ModelDescription Model, IReadOnlyList<DemoScene> Scenes, IReadOnlyList<PointingTally> Tallies, int SceneCount);
