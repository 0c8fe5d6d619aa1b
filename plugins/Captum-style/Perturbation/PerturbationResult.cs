using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>What a method finds for one target.</summary>
/// <param name="Attribution">Over elements [C, H, W] or over pixels [H, W].</param>
/// <param name="RegionValues">[F], of methods that give every region a value.</param>
internal sealed record PerturbationResult(HostTensor Attribution, HostTensor? RegionValues = null)
{
    /// <summary>Name of the regions' values among the details of an explanation.</summary>
    private const string RegionValuesDetail = "region-values";

    /// <summary>Further tensors of the explanation.</summary>
    public IReadOnlyDictionary<string, HostTensor> Details => RegionValues is null
        ? new Dictionary<string, HostTensor>(StringComparer.Ordinal)
        : new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [RegionValuesDetail] = RegionValues };
}
