using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>A model whose intermediate tensors have names.</summary>
public interface ITappedModel : IVisionLanguageModel
{
    /// <summary>Tap names of an encoder, in ordinal order, for example <c>vision.blocks.11.attn.query</c>.</summary>
    IReadOnlyList<string> Taps(Modality modality);

    /// <summary>Values of taps for an input.</summary>
    /// <param name="modality">Which encoder.</param>
    /// <param name="input">[B, C, H, W] pixels or [B, L] token ids.</param>
    /// <param name="taps">Tap names.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">A tap does not exist; the message lists the nearest names.</exception>
    Task<IReadOnlyDictionary<string, HostTensor>> ReadTapsAsync(
        Modality modality, HostTensor input, IReadOnlyList<string> taps, CancellationToken cancellationToken = default);
}
