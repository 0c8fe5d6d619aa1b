using System.Collections.Frozen;
using Pellucid.Graphs.Differentiation.Rules;

namespace Pellucid.Graphs.Differentiation;

/// <summary>The table of gradient rules: qualified operator to rule. One class of rules a family, one method an operator.</summary>
public sealed class GradientRules
{
    private readonly FrozenDictionary<string, GradientRule> _rules;

    private GradientRules(IEnumerable<KeyValuePair<string, GradientRule>> rules) =>
        _rules = rules.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The true gradients.</summary>
    public static GradientRules Standard { get; } = new(new[]
    {
        ArithmeticRules.All, SelectionRules.All, ActivationRules.All, LinearRules.All, NormalizationRules.All,
        LayoutRules.All, IndexingRules.All, ReductionRules.All, ConvolutionRules.All, PoolingRules.All,
    }.SelectMany(r => r));

    /// <summary>Operators that have a rule, in ordinal order.</summary>
    public IEnumerable<string> Operators => _rules.Keys.Order(StringComparer.Ordinal);

    /// <summary>The same table with one rule added or replaced: how guided backpropagation and its kin change ReLU.</summary>
    public GradientRules With(string qualifiedOp, GradientRule rule) =>
        new(_rules.Where(r => !string.Equals(r.Key, qualifiedOp, StringComparison.Ordinal)).Append(new(qualifiedOp, rule)));

    /// <summary>The rule of a node's operator.</summary>
    /// <exception cref="GraphException">There is none; the message names node, operator and the way out.</exception>
    public GradientRule For(Node node) => _rules.TryGetValue(node.QualifiedOp, out GradientRule? rule)
        ? rule
        : throw new GraphException(
            $"cannot differentiate node '{node.DisplayName}': operator {node.QualifiedOp} has no gradient rule; explain with a method that needs no gradients, cut the graph behind this node, or add a rule with GradientRules.With(\"{node.QualifiedOp}\", ...)");
}
