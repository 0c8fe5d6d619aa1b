using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>What metrics share that randomize layers of the model.</summary>
public abstract record LayerOptions : RandomizationOptions
{
    /// <summary>Layers.</summary>
    [Description("layers from the input to the output, named as weights are without .weight or .bias; empty for all")]
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Seed of the new weights.</summary>
    [Description("seed of the new weights, the same for all images"), Range(0, int.MaxValue)]
    public int WeightSeed { get; init; }
}
