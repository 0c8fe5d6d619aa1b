using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>A model of graphs that can be had with another image encoder, all else alike: for sanity checks that randomize weights or shift inputs.</summary>
public interface IEditableModel : IGraphModel
{
    /// <summary>The same model with an edited image encoder. Text side, fusion and pre-processing are shared.</summary>
    /// <param name="edit">Gets the encoder of an input size, gives one with the same inputs and outputs. Called once for each size.</param>
    IEditableModel WithImageEncoder(Func<Graph, Graph> edit);
}
