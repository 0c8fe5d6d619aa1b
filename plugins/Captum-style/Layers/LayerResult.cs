using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>What a layer method says about one target.</summary>
/// <param name="Map">[h, w].</param>
/// <param name="Signed">Whether it has a sign.</param>
/// <param name="Nothing">What it means if the map is all zeros.</param>
/// <param name="Details">Further tensors.</param>
internal sealed record LayerResult(HostTensor Map, bool Signed, string Nothing, IReadOnlyDictionary<string, HostTensor> Details)
{
    /// <summary>[C, H, W] attribution of every input element, for methods that have it.</summary>
    public HostTensor? Elements { get; init; }
}
