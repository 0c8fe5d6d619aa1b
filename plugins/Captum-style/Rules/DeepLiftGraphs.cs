using System.Globalization;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>
/// The graph that DeepLIFT runs: the encoder twice, for the image and for the baseline, and the signals of all targets sent back through the first with the
/// differences of the two in the place of derivatives.
/// </summary>
internal static class DeepLiftGraphs
{
    /// <summary>Input with the baseline, [1, C, H, W].</summary>
    public const string BaselineInput = "deeplift.baseline";

    /// <summary>Output with the K scores of the baseline.</summary>
    public const string BaselineScores = "deeplift.baseline_scores";

    /// <summary>Output with the activation for the image minus that for the baseline, [1, ...].</summary>
    public const string Difference = "deeplift.difference";

    /// <summary>Output with the multipliers of K targets, [K, ...].</summary>
    public const string Multipliers = "deeplift.multipliers";

    private static readonly DerivedGraphs<string, Graph> Graphs = new();

    /// <summary>The graph, made once a model, size, kind of target, layer and rule.</summary>
    /// <param name="target">Encoder and targets.</param>
    /// <param name="layer">Value to attribute to.</param>
    /// <param name="options">Which rules.</param>
    /// <param name="model">Id of the model, for messages.</param>
    /// <exception cref="PellucidException">An operator behind the layer has no rule.</exception>
    public static Graph Build(TargetGraph target, string layer, DeepLiftOptions options, string model) => Graphs.Get(
        target.Graph,
        string.Create(CultureInfo.InvariantCulture, $"{layer}\n{options.MaxPool} {options.Unsupported} {options.Eps:R}"),
        _ => Make(target, layer, options, model));

    private static Graph Make(TargetGraph target, string layer, DeepLiftOptions options, string model)
    {
        GraphBuilder g = target.Graph.Edit();
        Value input = g.Find(target.Input), embedding = g.Find(target.Embedding), cotangents = g.Find(EncoderNames.Cotangents), scores = g.Find(EncoderNames.Scores);
        var operators = new RescaleOperators(g, input.Name, layer, embedding.Name, options.MaxPool);
        if (options.Unsupported == UnsupportedOperators.Refuse && operators.Unsupported is { Length: > 0 } unknown)
        {
            throw new PellucidException(
                $"the rescale rule of DeepLIFT says nothing about operators of model '{model}': {string.Join(", ", unknown)}; it is made for convolutional networks. "
                + "Use integrated-gradients, layer-deep-lift at a layer behind them, or unsupported=gradient, which takes their ordinary gradient");
        }

        string[] wanted = [.. operators.Values.Append(scores.Name).Append(layer).Distinct(StringComparer.Ordinal)];
        Value baseline = g.Input(BaselineInput, input.Type);
        IReadOnlyDictionary<string, Value> counterparts = g.Fork(new Dictionary<string, Value>(StringComparer.Ordinal) { [input.Name] = baseline }, wanted);
        GradientRules rules = new RescaleRules(operators, counterparts, options).Table();
        Value multipliers = g.VectorJacobianProduct(embedding, cotangents, [layer], rules)[layer];
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        g.Output(BaselineScores, counterparts[scores.Name]);
        g.Output(Difference, g.Sub(g.Find(layer), counterparts[layer]));
        g.Output(Multipliers, multipliers);
        return g.Build(keepTaps: false);
    }
}
