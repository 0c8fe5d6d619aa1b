using System.Collections.Immutable;

namespace Pellucid.Graphs.Rewrites;

/// <summary>
/// Makes a graph anew, node by node, while a rewrite says what becomes of each. Values keep their names
/// unless they are replaced; outputs and taps follow.
/// </summary>
internal sealed class GraphRebuilder(Graph source)
{
    private readonly Dictionary<string, string> _replaced = new(StringComparer.Ordinal);

    public Graph Source { get; } = source;

    public GraphBuilder G { get; } = GraphBuilder.Rebuild(source);

    /// <summary>Name in the new graph of a value of the old one.</summary>
    public string NameOf(string old) => _replaced.GetValueOrDefault(old, old);

    /// <summary>Counterpart in the new graph of a value of the old one.</summary>
    public Value Of(string old) => new(NameOf(old), G.TypeOf(NameOf(old)));

    /// <summary>Whether a value of the old graph has a counterpart (so far).</summary>
    public bool Made(string old) => G.Exists(NameOf(old));

    /// <summary>Lets a value of the new graph stand for one of the old graph.</summary>
    public void Replace(string old, string replacement) => _replaced[old] = replacement;

    /// <summary>A node as the new graph would have it: the same, reading the counterparts of its inputs.</summary>
    public Node Mapped(Node node) => node.Inputs.Any(_replaced.ContainsKey)
        ? node with { Inputs = node.Inputs.Select(NameOf).ToImmutableArray() }
        : node;

    /// <summary>Takes a node over.</summary>
    public void Copy(Node node) => G.Append(Mapped(node));

    /// <summary>Finishes with the old graph's outputs, and those of its taps whose values were made.</summary>
    public Graph Finish()
    {
        foreach (GraphOutput output in Source.Outputs) G.Output(output.Name, Of(output.Value));
        foreach ((string alias, string value) in Source.Taps) if (Made(value)) G.Tap(alias, Of(value));
        return G.Build();
    }
}
