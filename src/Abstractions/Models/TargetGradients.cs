using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>Values of targets and their gradients.</summary>
/// <param name="Values">[N].</param>
/// <param name="Gradients">[N, C, H, W]: d value / d pixel.</param>
public sealed record TargetGradients(HostTensor Values, HostTensor Gradients);
