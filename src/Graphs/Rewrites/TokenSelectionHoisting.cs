using System.Collections.Immutable;
using Pellucid.Graphs.Operators;
using Pellucid.Graphs.Rewrites.TokenSelection;

namespace Pellucid.Graphs.Rewrites;

/// <summary>Computes one token where only one token is used.</summary>
public static class TokenSelectionHoisting
{
    /// <summary>
    /// A graph in which the selection of one token (class token, end-of-text token) happens as early as it can. After
    /// the last attention of a transformer only that token reaches the embedding, so the last block's query, projection
    /// and MLP become one-token affairs, forward and backward: gradients of many texts or embedding dimensions to the last
    /// block then cost almost nothing beyond one forward.
    /// <para>
    /// A tap of which only one token reaches the outputs is narrowed to that token: it keeps its rank, its token axis has
    /// length 1 (the last block's <c>attn.query</c> [B,H,N,d] becomes [B,H,1,d], its attention [B,H,N,N] becomes
    /// [B,H,1,N]). Taps whose tokens are all needed (keys, values, every block before the last) stay as they are, and so do
    /// outputs and everything in <paramref name="keep"/>. A tap that leads to no output does not hold the selection back: it
    /// is dropped if what it was computed from has been narrowed.
    /// </para>
    /// Selections are recognised as Gather, Slice, GatherND (also of arange/argmax pairs) and GatherElements; what
    /// remains of them is Gather or GatherND. Applying it twice changes nothing more.
    /// </summary>
    /// <param name="graph">The graph; unchanged. Hoist before differentiating.</param>
    /// <param name="keep">Taps, outputs or values that must stay full.</param>
    /// <exception cref="GraphException">A name in <paramref name="keep"/> does not exist.</exception>
    public static Graph HoistTokenSelection(this Graph graph, params IReadOnlyList<string> keep)
    {
        Graph merged = graph.EliminateCommonSubexpressions();
        return new Hoisting(merged, [.. keep.Select(n => merged.Find(n).Name)]).Run().EliminateCommonSubexpressions();
    }

    /// <summary>
    /// First asks, from the outputs backwards, how much of each value is needed: all of it or one token. Two different
    /// needs make all. Then builds anew what is needed in one token, and selects where it meets a value needed in full.
    /// </summary>
    private sealed class Hoisting(Graph graph, string[] keep)
    {
        private readonly GraphRebuilder _rebuilder = new(graph);
        private readonly Dictionary<string, Node> _producers = graph.Nodes.SelectMany(n => n.Outputs.Select(o => (o, n))).Where(p => p.o.Length > 0).ToDictionary(p => p.o, p => p.n, StringComparer.Ordinal);
        private readonly Dictionary<string, Narrowing?> _needs = new(StringComparer.Ordinal);
        private readonly Dictionary<Node, Selection> _selections = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Node, InputDemand[]> _narrowed = new(ReferenceEqualityComparer.Instance);

        public Graph Run()
        {
            string[] roots = [.. graph.Outputs.Select(o => o.Value), .. keep];
            foreach (string root in roots) _needs[root] = null;
            HashSet<string> live = GraphReachability.Ancestors(graph.Nodes, roots);
            foreach (Node node in graph.Nodes.Reverse()) if (node.Outputs.Any(live.Contains)) Ask(node);

            // Where a selection moves up, the positions that it reads must be there already.
            var emitter = new SelectionEmitter(_rebuilder);
            string[] positions = [.. graph.Nodes.Select(n => _selections.GetValueOrDefault(n)?.Token.Positions).OfType<string>().Distinct(StringComparer.Ordinal)];
            HashSet<string> early = GraphReachability.Ancestors(graph.Nodes, positions);
            foreach (Node node in graph.Nodes.Where(n => n.Outputs.Any(early.Contains))) Emit(node, emitter);
            foreach (string position in positions) emitter.Prepare(position);
            foreach (Node node in graph.Nodes.Where(n => !n.Outputs.Any(early.Contains)))
            {
                if (node.Outputs.Any(live.Contains)) Emit(node, emitter);
                else if (node.Inputs.All(v => v.Length == 0 || (_rebuilder.Made(v) && _needs.GetValueOrDefault(v) is null))) _rebuilder.Copy(node);
            }

            return _rebuilder.Finish();
        }

        private void Need(string value, Narrowing? token)
        {
            if (value.Length == 0) return;
            bool all = !_producers.ContainsKey(value) || (_needs.TryGetValue(value, out Narrowing? other) && other != token);
            _needs[value] = all ? null : token;
        }

        private void Ask(Node node)
        {
            if (Selection.Of(node, graph, _producers) is { } selection)
            {
                _selections[node] = selection;
                foreach (string input in node.Inputs.Skip(1)) Need(input, token: null);
                if (selection.Token.Positions is { } positions) Need(positions, token: null);
                Need(selection.Source, selection.Token);
                _needs[node.Outputs[0]] = null;
                return;
            }

            Narrowing?[] wanted = [.. node.Outputs.Where(_needs.ContainsKey).Select(o => _needs[o]).Distinct()];
            bool known = node.Inputs.Concat(node.Outputs).All(v => v.Length == 0 || graph.Types[v].Shape is not null);
            InputDemand[]? demands = wanted is [{ } token] && known ? NarrowingRules.Demands(new NarrowingScope(graph, node, token)) : null;
            if (demands is not null) _narrowed[node] = demands;
            foreach (string output in node.Outputs) if (output.Length > 0) _needs[output] = demands is null ? null : wanted[0];
            for (int i = 0; i < node.Inputs.Length; i++) Need(node.Inputs[i], demands is null || demands[i].Unbatched ? null : demands[i].Narrowing);
        }

        private void Emit(Node node, SelectionEmitter emitter)
        {
            if (_selections.TryGetValue(node, out Selection? selection))
            {
                Value selected = Token(selection.Source, selection.Token, emitter);
                if (selection.DropsAxis) selected = _rebuilder.G.Squeeze(selected, selection.Token.Axis);
                _rebuilder.Replace(node.Outputs[0], selected.Name);
            }
            else if (_narrowed.TryGetValue(node, out InputDemand[]? demands))
            {
                EmitNarrowed(node, demands, emitter);
            }
            else
            {
                _rebuilder.Copy(node);
            }
        }

        private void EmitNarrowed(Node node, InputDemand[] demands, SelectionEmitter emitter)
        {
            int rank = graph.Types[node.Outputs[0]].Shape!.Rank;
            ImmutableArray<string> inputs = [.. node.Inputs.Select((v, i) => v.Length == 0 ? v : demands[i] switch
            {
                { Narrowing: null } => _rebuilder.NameOf(v),
                { Unbatched: true, Narrowing: { } token } => emitter.SelectUnbatched(_rebuilder.Of(v), token, rank).Name,
                { Narrowing: { } token } => Token(v, token, emitter).Name,
            })];
            if (!NarrowingRules.IsReshape(node))
            {
                _rebuilder.G.Append(node with { Inputs = inputs });
                return;
            }

            Narrowing wanted = _needs[node.Outputs[0]]!;
            TensorShape shape = graph.Types[node.Outputs[0]].Shape!.With(wanted.Axis, wanted.Remaining);
            Value target = _rebuilder.G.Int64s(shape.Dimensions);
            _rebuilder.G.Append(node with { OpType = "Reshape", Inputs = [inputs[0], target.Name], Attributes = NodeAttributes.None });
        }

        private Value Token(string value, Narrowing token, SelectionEmitter emitter) =>
            _needs.GetValueOrDefault(value) is null ? emitter.Select(_rebuilder.Of(value), token) : _rebuilder.Of(value);
    }
}
