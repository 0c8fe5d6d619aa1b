using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation;

/// <summary>What a gradient rule sees of the node it differentiates, and where it puts its results.</summary>
public sealed class GradientScope
{
    private readonly Func<string, Value?> _cotangentOf;
    private readonly Func<string, bool> _needs;
    private readonly Action<string, Value> _accumulate;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    internal GradientScope(GraphBuilder builder, Node node, Func<string, Value?> cotangentOf, Func<string, bool> needs, Action<string, Value> accumulate)
    {
        G = builder;
        Node = node;
        _cotangentOf = cotangentOf;
        _needs = needs;
        _accumulate = accumulate;
    }

    /// <summary>Where the gradient's nodes are appended.</summary>
    public GraphBuilder G { get; }

    /// <summary>The node being differentiated.</summary>
    public Node Node { get; private set; }

    /// <summary>Its attributes.</summary>
    public NodeAttributes Attributes => Node.Attributes;

    /// <summary>Number of inputs, absent ones included.</summary>
    public int InputCount => Node.Inputs.Length;

    /// <summary>Whether an optional input is there.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input].Length > 0;

    /// <summary>An input of the node.</summary>
    public Value Input(int index) => new(Node.Inputs[index], G.TypeOf(Node.Inputs[index]));

    /// <summary>An output of the node.</summary>
    public Value Output(int index = 0) => new(Node.Outputs[index], G.TypeOf(Node.Outputs[index]));

    /// <summary>Cotangent of the first output. Its leading (batch) dimension may exceed that of the output: one copy a cotangent.</summary>
    public Value Dy => CotangentOf(0) ?? throw Refuse("only outputs other than the first were asked for, which has no gradient rule");

    /// <summary>Cotangent of an output, or null where nothing asked for it.</summary>
    public Value? CotangentOf(int output)
    {
        if (output >= Node.Outputs.Length || Node.Outputs[output].Length == 0) return null;
        _read.Add(Node.Outputs[output]);
        return _cotangentOf(Node.Outputs[output]);
    }

    /// <summary>Whether the cotangent of an input is wanted. A rule must not emit nodes for one that is not.</summary>
    public bool Needs(int input) => Has(input) && _needs(Node.Inputs[input]);

    /// <summary>The integers of a constant input.</summary>
    /// <exception cref="GraphException">The input is computed at run time.</exception>
    public long[] Int64s(int input) => G.ConstantOf(Node.Inputs[input]) switch
    {
        { ElementType: ElementType.Int64 } t => t.Int64s.ToArray(),
        { ElementType: ElementType.Int32 } t => Array.ConvertAll(t.AsSpan<int>().ToArray(), v => (long)v),
        _ => throw Refuse($"input {input} is computed at run time; export the model with fixed shapes so that it becomes a constant"),
    };

    /// <summary>
    /// Adds to the cotangent of an input, after summing over the axes along which the operator broadcast that input.
    /// The axes come from the shapes of the forward values, so a batch of cotangents stays one.
    /// </summary>
    public void Add(int input, Value cotangent) => _accumulate(Node.Inputs[input], SumTo(cotangent, Input(input).Shape, Output().Shape));

    /// <summary>Adds to the cotangent of an input, as it is.</summary>
    public void AddExact(int input, Value cotangent) => _accumulate(Node.Inputs[input], cotangent);

    /// <summary>
    /// Sums a cotangent over the axes along which an operand was broadcast to the result. An operand without a batch
    /// axis of its own (a bias, a position embedding against a dynamic batch) thereby gets the sum over the batch.
    /// </summary>
    public Value SumTo(Value cotangent, TensorShape operand, TensorShape result)
    {
        int extra = result.Rank - operand.Rank;
        long[] leading = Enumerable.Range(0, extra).Select(i => (long)i).ToArray();
        long[] stretched = Enumerable.Range(extra, operand.Rank).Where(i => operand[i - extra] == 1 && result[i] != 1).Select(i => (long)i).ToArray();
        Value sum = cotangent;
        if (stretched.Length > 0) sum = G.ReduceSum(sum, stretched);
        if (leading.Length > 0) sum = G.ReduceSum(sum, leading, keepDimensions: false);
        return sum;
    }

    /// <summary>Replaces the node by one with more outputs and returns them.</summary>
    public IReadOnlyList<Value> Extend(Node extended)
    {
        IReadOnlyList<Value> outputs = G.Extend(Node, extended);
        Node = extended;
        return outputs;
    }

    /// <summary>
    /// What a rule gives to one input of a node for a cotangent of its first output, without adding it anywhere: rules that are made of
    /// others (relevance propagation) put it together as they need. The node may be one that was emitted for that purpose.
    /// </summary>
    /// <param name="node">A node of the graph under construction.</param>
    /// <param name="rule">The rule of its operator.</param>
    /// <param name="dy">Cotangent of its first output.</param>
    /// <param name="input">Which of its inputs; where several are the same value, their sum.</param>
    /// <exception cref="GraphException">The rule gives that input nothing.</exception>
    public Value Product(Node node, GradientRule rule, Value dy, int input)
    {
        Value? sum = null;
        string wanted = node.Inputs[input];
        var scope = new GradientScope(
            G, node, o => string.Equals(o, node.Outputs[0], StringComparison.Ordinal) ? dy : null, v => string.Equals(v, wanted, StringComparison.Ordinal),
            (_, part) => sum = sum is null ? part : G.Add(sum, part));
        rule(scope);
        if (ReferenceEquals(node, Node)) Node = scope.Node;
        return sum ?? throw Refuse($"the rule of {node.QualifiedOp} gives nothing to '{wanted}'");
    }

    /// <summary>
    /// Refuses where the cotangent is longer than the output along an axis that the operator looks at as a whole: K
    /// cotangents must differ along the batch axis only.
    /// </summary>
    /// <exception cref="GraphException">The axis is the one along which cotangents are stacked.</exception>
    public void RequireUnbatched(int axis)
    {
        long outer = Output().Shape[axis], cotangent = Dy.Shape[axis];
        if (outer != cotangent)
            throw Refuse($"several cotangents are stacked along axis {axis}, which this operator mixes; run them one at a time");
    }

    /// <summary>Outputs that have a cotangent which the rule never looked at: without them the gradient would be wrong.</summary>
    internal IEnumerable<string> UnreadCotangents() =>
        Node.Outputs.Where(o => o.Length > 0 && !_read.Contains(o) && _cotangentOf(o) is not null);

    /// <summary>An error that names the node, its operator and the way out.</summary>
    public GraphException Refuse(string why) => new($"cannot differentiate node '{Node.DisplayName}' ({Node.QualifiedOp}): {why}");
}
