using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>Which operators between a layer and the embedding the rescale rule changes, which are linear, and which it says nothing about.</summary>
internal sealed class RescaleOperators
{
    /// <summary>Functions of one number, whatever their other operands are.</summary>
    private static readonly HashSet<string> Elementwise = new(StringComparer.Ordinal)
    {
        "Relu", "LeakyRelu", "Elu", "Sigmoid", "Tanh", "Softplus", "Softsign", "HardSigmoid", "HardSwish", "Gelu", "com.microsoft.Gelu", "com.microsoft.QuickGelu",
        "Clip", "Abs", "Exp", "Log", "Sqrt", "Reciprocal", "Erf", "Sin", "Cos",
    };

    /// <summary>Functions of one number where all other operands do not depend on the image.</summary>
    private static readonly HashSet<string> ElementwiseWithConstants = new(StringComparer.Ordinal) { "Pow", "Max", "Min" };

    private static readonly HashSet<string> Linear = new(StringComparer.Ordinal)
    {
        "Identity", "Dropout", "Cast", "Add", "Sub", "Sum", "Mean", "Neg", "BatchNormalization", "AveragePool", "GlobalAveragePool", "ReduceMean", "ReduceSum", "CumSum",
        "Concat", "Expand", "Flatten", "Gather", "GatherElements", "GatherND", "Pad", "Reshape", "ScatterElements", "ScatterND", "Slice", "Split", "Squeeze", "Tile", "Transpose", "Trilu", "Unsqueeze",
    };

    /// <summary>Linear where one operand alone depends on the image.</summary>
    private static readonly HashSet<string> Products = new(StringComparer.Ordinal) { "Mul", "MatMul", "Gemm", "com.microsoft.FusedMatMul", "Conv", "ConvTranspose" };

    /// <summary>Reductions to a maximum; they have no rescale rule of their own.</summary>
    private static readonly HashSet<string> Maxima = new(StringComparer.Ordinal) { "GlobalMaxPool", "ReduceMax" };

    private readonly GraphBuilder _g;
    private readonly HashSet<string> _ofImage;
    private readonly MaxPoolRule _maxPool;

    /// <summary>Looks at a graph.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="input">Its pixels.</param>
    /// <param name="layer">Where the signal goes to.</param>
    /// <param name="embedding">Where it comes from.</param>
    /// <param name="maxPool">What is done at a max pool.</param>
    public RescaleOperators(GraphBuilder g, string input, string layer, string embedding, MaxPoolRule maxPool)
    {
        (_g, _maxPool) = (g, maxPool);
        Node[] nodes = [.. g.Nodes];
        _ofImage = Behind(nodes, input);
        HashSet<string> ofLayer = Behind(nodes, layer), needed = new(StringComparer.Ordinal) { embedding };
        List<string> values = [], unsupported = [];
        foreach (Node node in nodes.Reverse())
        {
            if (!node.Outputs.Any(needed.Contains)) continue;
            needed.UnionWith(node.Inputs);
            if (!node.Inputs.Any(ofLayer.Contains)) continue;
            if (Rescaled(node) is { } operand) values.AddRange([node.Inputs[operand], node.Outputs[0]]);
            else if (!IsLinear(node) && !TakesGradient(node)) unsupported.Add($"{node.QualifiedOp}{(Products.Contains(node.QualifiedOp) ? " of two activations" : string.Empty)}");
        }

        Values = [.. values.Distinct(StringComparer.Ordinal)];
        Unsupported = [.. unsupported.GroupBy(u => u, StringComparer.Ordinal).OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => u.Count() == 1 ? u.Key : $"{u.Key} ({u.Count()} times)")];
    }

    /// <summary>Operators of which some are rescaled.</summary>
    public static IEnumerable<string> Candidates => [.. Elementwise, .. ElementwiseWithConstants, "Div", "MaxPool"];

    /// <summary>Inputs and outputs of all that are rescaled: their values for the baseline are needed.</summary>
    public string[] Values { get; }

    /// <summary>Operators without a rule, with how often they occur; empty where there is none.</summary>
    public string[] Unsupported { get; }

    /// <summary>The operand in which an operator is rescaled; null where it is not.</summary>
    public int? Rescaled(Node node)
    {
        string op = node.QualifiedOp;
        if (Elementwise.Contains(op)) return 0;
        if (op == "MaxPool") return _maxPool == MaxPoolRule.Rescale ? 0 : null;
        int[] operands = OfImage(node);
        if (operands.Length != 1 || !SameShape(node, operands[0])) return null;
        return ElementwiseWithConstants.Contains(op) && !(op == "Pow" && operands[0] != 0) || (op == "Div" && operands[0] == 1) ? operands[0] : null;
    }

    private bool IsLinear(Node node) => Linear.Contains(node.QualifiedOp)
        || (Products.Contains(node.QualifiedOp) && OfImage(node).Where(i => i < 2).Count() == 1)
        || (node.QualifiedOp == "Div" && OfImage(node) is [0])
        || (node.QualifiedOp == "Where" && !OfImage(node).Contains(0));

    /// <summary>Maxima, with their ordinary gradient; with the rescale rule for max pools there is none for the others.</summary>
    private bool TakesGradient(Node node) => _maxPool == MaxPoolRule.Gradient && (node.QualifiedOp == "MaxPool" || Maxima.Contains(node.QualifiedOp));

    private int[] OfImage(Node node) => [.. Enumerable.Range(0, node.Inputs.Length).Where(i => _ofImage.Contains(node.Inputs[i]))];

    private bool SameShape(Node node, int operand) => Equals(_g.TypeOf(node.Inputs[operand]).Shape, _g.TypeOf(node.Outputs[0]).Shape);

    private static HashSet<string> Behind(IEnumerable<Node> nodes, string root)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { root };
        foreach (Node node in nodes.Where(n => n.Inputs.Any(reached.Contains))) reached.UnionWith(node.Outputs.Where(o => o.Length > 0));
        return reached;
    }
}
