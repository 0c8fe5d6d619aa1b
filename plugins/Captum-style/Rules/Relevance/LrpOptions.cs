using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>Options of <see cref="LrpExplainer"/>.</summary>
public sealed record LrpOptions
{
    /// <summary>How convolutions and linear layers share out relevance.</summary>
    [Description("rule of convolutions and linear layers: epsilon (all contributions), gamma (positive ones count more), alpha-beta (positive and negative ones apart)")]
    public LayerRule Rule { get; init; } = LayerRule.Epsilon;

    /// <summary>Rule of linear layers.</summary>
    [Description("rule of linear layers: same (as rule) or epsilon, as composites do; zennit's EpsilonPlus is rule=alpha-beta, alpha=1, linear=epsilon")]
    public LinearRule Linear { get; init; } = LinearRule.Same;

    /// <summary>Stabilizer of layers.</summary>
    [Description("stabilizer of layers with weights, added to their outputs with its sign: absorbs weak and contradictory relevance"), Range(1e-12, 1e3)]
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>How much more positive contributions count.</summary>
    [Description("rule=gamma: how much more positive contributions count; 0 is the epsilon rule"), Range(0.0, 1e6)]
    public double Gamma { get; init; } = 0.25;

    /// <summary>Share of positive contributions.</summary>
    [Description("rule=alpha-beta: relevance of positive contributions; negative ones get minus beta = alpha - 1 (alpha=1: the z+ rule)"), Range(1.0, 100.0)]
    public double Alpha { get; init; } = 2;

    /// <summary>Stabilizer of everything that adds without weights.</summary>
    [Description("stabilizer of sums without weights (residual connections, average pooling) and attention products; 0: the same as epsilon"), Range(0.0, 1e3)]
    public double SumEpsilon { get; init; } = 1e-6;

    /// <summary>What becomes of batch normalization.</summary>
    [Description("merged: part of the convolution before it (zennit); layer: a layer of its own with the epsilon rule (Captum)")]
    public BatchNormalizationRule BatchNorm { get; init; } = BatchNormalizationRule.Merged;

    /// <summary>Rule of maximum pooling.</summary>
    [Description("maximum pooling: gradient (the winner takes all relevance) or epsilon (the same, stabilized like a layer, as in Captum)")]
    public MaximumRule MaxPool { get; init; } = MaximumRule.Gradient;

    /// <summary>Rule of attention.</summary>
    [Description("transformers: attn-lrp (through products and softmax) or cp-lrp (attention probabilities are constants)")]
    public AttentionRule Attention { get; init; } = AttentionRule.AttnLrp;

    /// <summary>Where relevance starts.</summary>
    [Description("embedding: relevance starts as each dimension's contribution to the score; score: the product with the text is a last layer with the epsilon rule")]
    public RelevanceStart Start { get; init; } = RelevanceStart.Embedding;
}
