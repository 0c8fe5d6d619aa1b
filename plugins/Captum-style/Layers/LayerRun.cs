using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>One forward run with what was asked of a layer.</summary>
/// <param name="Request">The request, with the targets of this run.</param>
/// <param name="Model">The model.</param>
/// <param name="Layer">Name of the layer's value in the graph.</param>
/// <param name="Grid">How the layer lies over the image.</param>
/// <param name="Scores">[K].</param>
/// <param name="Activation">[1, ...].</param>
/// <param name="Gradients">[K, ...]; null where the method needs none.</param>
internal sealed record LayerRun(
    ExplanationRequest Request, IGraphModel Model, string Layer, LayerGrid Grid, HostTensor Scores, HostTensor Activation, HostTensor? Gradients)
{
    /// <summary>Number K of targets.</summary>
    public int Count => Request.Targets.Count;
}
