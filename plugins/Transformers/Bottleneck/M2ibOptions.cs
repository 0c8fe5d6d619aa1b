using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Transformers.Bottleneck;

/// <summary>Options of <see cref="M2ibExplainer"/>. The defaults are the paper's values.</summary>
public sealed record M2ibOptions
{
    /// <summary>Image block behind which the bottleneck lies; null for three quarters of the way.</summary>
    [Description("image block behind which noise is added, from 0, below the last; none: three quarters of the way, the published 9 of 12"), Range(0, 1000)]
    public int? Layer { get; init; }

    /// <summary>Text block behind which the bottleneck lies; null for three quarters of the way.</summary>
    [Description("text block behind which noise is added, from 0, below the last; none: three quarters of the way, the published 9 of 12"), Range(0, 1000)]
    public int? TextLayer { get; init; }

    /// <summary>Weight of the compression term.</summary>
    [Description("weight of the compression term (beta)"), Range(0.0, 1e6)]
    public double Beta { get; init; } = 0.1;

    /// <summary>Steps of the optimization.</summary>
    [Description("steps of the optimization; the map is read at the last, after one update less"), Range(1, 10000)]
    public int Steps { get; init; } = 10;

    /// <summary>Noise samples a step.</summary>
    [Description("noise samples a step"), Range(1, 10000)]
    public int Samples { get; init; } = 10;

    /// <summary>Learning rate of Adam.</summary>
    [Description("learning rate of Adam"), Range(0.0, 1e6)]
    public double LearningRate { get; init; } = 1;

    /// <summary>Where alpha starts.</summary>
    [Description("start value of alpha, whose sigmoid is the part of the features that passes"), Range(-30.0, 30.0)]
    public double InitialAlpha { get; init; } = 5;

    /// <summary>Whether the text encoder keeps its causal mask.</summary>
    [Description("keep the text encoder's causal mask; false: words see those after them, as the published code's copy of the encoder does")]
    public bool Causal { get; init; } = true;
}
