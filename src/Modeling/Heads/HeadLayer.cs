using Pellucid.Graphs;

namespace Pellucid.Modeling.Heads;

/// <summary>A layer of a head: activation(W x + b).</summary>
/// <param name="Weight">W, [out, in].</param>
/// <param name="Bias">b, [out]; null for none.</param>
/// <param name="Activation">What follows; null for nothing.</param>
public sealed record HeadLayer(HostTensor Weight, HostTensor? Bias, HeadActivation Activation = HeadActivation.None);
