using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Operators;

namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>
/// Relevance propagation as a table of gradient rules. What travels back is the relevance of a value divided by the value, c = R / z:
/// every rule here gives an input relevance in proportion to that input, so nothing is ever divided by an input, and where a layer is
/// linear without a bias the rule is the gradient. The relevance of the pixels is pixel times what arrives there.
/// </summary>
internal sealed class RelevanceRules
{
    private static readonly string[] Moves =
    [
        "Identity", "Dropout", "Cast", "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Slice", "Split", "Gather", "GatherND", "GatherElements",
        "Concat", "Expand", "Pad", "Tile", "Where", "DepthToSpace", "SpaceToDepth", "Neg",
    ];

    private static readonly string[] Activations = ["Gelu", "com.microsoft.Gelu", "com.microsoft.QuickGelu", "HardSwish", "Elu", "Tanh", "Softsign"];

    private readonly LrpOptions _options;

    private readonly double _sumEpsilon;

    /// <summary>Outputs of products whose only reader adds a bias: both are one layer, which ends there.</summary>
    private readonly HashSet<string> _unbiased;

    private RelevanceRules(LrpOptions options, Graph graph)
    {
        _options = options;
        _sumEpsilon = options.SumEpsilon > 0 ? options.SumEpsilon : options.Epsilon;
        ILookup<string, Node> readers = graph.Nodes.SelectMany(n => n.Inputs.Select(i => (Input: i, Node: n))).ToLookup(p => p.Input, p => p.Node, StringComparer.Ordinal);
        _unbiased = new(
            graph.Nodes.Where(n => IsProduct(n) && readers[n.Outputs[0]].ToArray() is [{ QualifiedOp: "Add" } add] && add.Inputs.Any(graph.Weights.ContainsKey)).Select(n => n.Outputs[0]),
            StringComparer.Ordinal);
    }

    /// <summary>The table for a graph.</summary>
    public static GradientRules Of(LrpOptions options, Graph graph) => new RelevanceRules(options, graph).Table();

    private static bool IsProduct(Node node) => node.QualifiedOp is "MatMul" or "com.microsoft.FusedMatMul";

    private GradientRules Table()
    {
        var rules = new Dictionary<string, GradientRule>(StringComparer.Ordinal)
        {
            // A ReLU, and the like, hand on what they get: the slope at either side of 0 is output / input.
            ["Relu"] = Standard("Relu"),
            ["LeakyRelu"] = Standard("LeakyRelu"),
            ["Conv"] = s => Layer(s, _options.Rule),
            ["Gemm"] = Product,
            ["MatMul"] = Product,
            ["com.microsoft.FusedMatMul"] = Product,
            ["BatchNormalization"] = s => Share(s, _options.Epsilon),
            ["Add"] = Sum,
            ["Sub"] = Sum,
            ["Sum"] = Sum,
            ["Mean"] = s => Share(s, _sumEpsilon),
            ["AveragePool"] = s => Share(s, _sumEpsilon),
            ["GlobalAveragePool"] = s => Share(s, _sumEpsilon),
            ["ReduceMean"] = s => Share(s, _sumEpsilon),
            ["ReduceSum"] = s => Share(s, _sumEpsilon),
            ["MaxPool"] = _options.MaxPool == MaximumRule.Gradient ? Standard("MaxPool") : s => Share(s, _options.Epsilon),
            ["GlobalMaxPool"] = Standard("GlobalMaxPool"),
            ["ReduceMax"] = Standard("ReduceMax"),
            ["Mul"] = Scaling,
            ["Div"] = Quotient,
            ["LayerNormalization"] = s => TransformerRules.LayerNormalization(s, _options.Epsilon),
            ["Softmax"] = s => TransformerRules.Softmax(s, _options.Attention),
        };
        foreach (string op in Activations) rules[op] = TransformerRules.Activation;
        GradientRules table = GradientRules.Standard;
        foreach (string op in table.Operators.Except(Moves, StringComparer.Ordinal)) table = table.With(op, rules.GetValueOrDefault(op, Unknown));
        return table;
    }

    private static GradientRule Standard(string op) => GradientRules.Standard.For(new Node(op, [], [], NodeAttributes.None));

    private static void Unknown(GradientScope s) =>
        throw new PellucidException($"lrp has no relevance rule for the operator {s.Node.QualifiedOp} (node '{s.Node.DisplayName}'); use a method that needs only gradients, such as integrated-gradients");

    /// <summary>A layer with constant weights.</summary>
    private void Layer(GradientScope s, LayerRule rule)
    {
        if (s.Needs(0) == s.Needs(1)) Unknown(s);
        if (rule == LayerRule.Gamma) SplitLayer.Gamma(s, _options.Gamma, _options.Epsilon);
        else if (rule == LayerRule.AlphaBeta) SplitLayer.AlphaBeta(s, _options.Alpha, _options.Epsilon);
        else Share(s, _options.Epsilon);
    }

    /// <summary>A product with a constant matrix is a layer; its bias may be a sum behind it, which then has the stabilizer.</summary>
    private void Product(GradientScope s)
    {
        LayerRule rule = _options.Linear == LinearRule.Epsilon ? LayerRule.Epsilon : _options.Rule;
        if (s.Needs(0) && s.Needs(1)) TransformerRules.Product(s, _options.Attention, _sumEpsilon);
        else if (rule == LayerRule.Epsilon && _unbiased.Contains(s.Node.Outputs[0])) GradientRules.Standard.For(s.Node)(s);
        else Layer(s, rule);
    }

    /// <summary>A residual sum, or the bias of a layer, which keeps its share.</summary>
    private void Sum(GradientScope s) =>
        Share(s, Enumerable.Range(0, s.InputCount).Count(s.Needs) > 1 ? _sumEpsilon : _options.Epsilon);

    /// <summary>A constant factor changes value and relevance alike; of two computed ones each gets half (Achtibat et al. 2024, proposition 3.2).</summary>
    private void Scaling(GradientScope s)
    {
        if (s.Needs(0) && s.Needs(1)) TransformerRules.Product(s, _options.Attention, _sumEpsilon);
        else GradientRules.Standard.For(s.Node)(s);
    }

    /// <summary>A divisor is a constant, also where it is computed: normalizing hands on relevance as it is (Achtibat et al. 2024, proposition 3.4).</summary>
    private static void Quotient(GradientScope s)
    {
        if (!s.Needs(0)) Unknown(s);
        s.AddExact(0, s.Product(s.Node, GradientRules.Standard.For(s.Node), s.Dy, 0));
    }

    /// <summary>R_in = x grad(out . R_out / (out + epsilon sign(out))) (Bach et al. 2015, eq. 58; sums: Montavon et al. 2019, table 1).</summary>
    private static void Share(GradientScope s, double epsilon)
    {
        GradientRule gradient = GradientRules.Standard.For(s.Node);
        Value dy = s.G.Mul(s.Dy, s.G.Share(s.Output(), epsilon));
        foreach (int input in Enumerable.Range(0, s.InputCount).Where(s.Needs).DistinctBy(i => s.Node.Inputs[i]))
            s.AddExact(input, s.Product(s.Node, gradient, dy, input));
    }
}
