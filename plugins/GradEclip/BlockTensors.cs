using Pellucid.Graphs;

namespace Pellucid.Plugins.GradEclip;

/// <summary>What Grad-ECLIP reads of one block, for a batch.</summary>
/// <param name="Gradient">[K, D]: gradient of each score by the attention output of the selected token, before the output projection.</param>
/// <param name="Query">[B, D]: query of the selected token.</param>
/// <param name="Keys">[B, N, D].</param>
/// <param name="Values">[B, N, D], before the output projection.</param>
/// <param name="Similar">[B, D] and [B, N, D] query and keys to compare for w_i: the same, or after the output projection.</param>
internal sealed record BlockTensors(HostTensor Gradient, HostTensor Query, HostTensor Keys, HostTensor Values, (HostTensor Query, HostTensor Keys) Similar);
