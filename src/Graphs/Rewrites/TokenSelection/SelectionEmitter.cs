using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Rewrites.TokenSelection;

/// <summary>Emits the selections that remain, each once, in the form that the rest of the platform knows.</summary>
internal sealed class SelectionEmitter(GraphRebuilder rebuilder)
{
    private readonly Dictionary<(string, Narrowing, int), Value> _emitted = [];
    private readonly Dictionary<string, Value> _positions = new(StringComparer.Ordinal);

    private GraphBuilder G => rebuilder.G;

    /// <summary>Gives positions the shape [B,1,1] that selections read; to be called before the first selection by them.</summary>
    public void Prepare(string positions)
    {
        Value given = rebuilder.Of(positions);
        _positions[positions] = given.Rank == 3 ? given : G.Reshape(given, -1, 1, 1);
    }

    /// <summary>One token of a value that is there in full.</summary>
    public Value Select(Value x, Narrowing token)
    {
        if (!_emitted.TryGetValue((x.Name, token, 0), out Value? selected))
            _emitted[(x.Name, token, 0)] = selected = token.Positions is null ? Static(x, token) : Dynamic(x, token, _positions[token.Positions]);
        return selected;
    }

    /// <summary>
    /// A token a sample of a value without samples: rows of a mask [N,N] at positions [B] become [B,1,1,N] where
    /// the output is [B,H,N,N].
    /// </summary>
    public Value SelectUnbatched(Value x, Narrowing token, int outputRank)
    {
        if (_emitted.TryGetValue((x.Name, token, outputRank), out Value? selected)) return selected;
        Value rows = G.Gather(x, G.Reshape(_positions[token.Positions!], -1), token.Axis);
        if (x.Shape.Take(token.Axis).Any(d => d != 1))
            rows = G.Transpose(rows, [token.Axis, .. Others(x.Rank, token.Axis)]);
        long[] shape = [.. Enumerable.Repeat(1L, outputRank - x.Rank), .. x.Shape.With(token.Axis, 1)];
        shape[0] = -1;
        return _emitted[(x.Name, token, outputRank)] = G.Reshape(rows, shape);
    }

    private Value Static(Value x, Narrowing token)
    {
        Value index = G.Int64s(token.Index);
        if (!token.IsMerged) return G.Gather(x, index, token.Axis);
        long[] before = x.Shape.Dimensions[..token.Axis].ToArray(), after = x.Shape.Dimensions[(token.Axis + 1)..].ToArray();
        Value apart = G.Reshape(x, [.. before, token.Outer, token.Length, token.Inner, .. after]);
        return G.Reshape(G.Gather(apart, index, token.Axis + 1), [.. before, token.Remaining, .. after]);
    }

    /// <summary>GatherND wants the batch first and the tokens next.</summary>
    private Value Dynamic(Value x, Narrowing token, Value indices)
    {
        if (token is { BatchAxis: 0, Axis: 1 }) return G.SelectToken(x, indices);
        long[] order = [token.BatchAxis, token.Axis, .. Others(x.Rank, token.BatchAxis, token.Axis)];
        long[] back = new long[order.Length];
        for (int i = 0; i < order.Length; i++) back[order[i]] = i;
        return G.Transpose(G.SelectToken(G.Transpose(x, order), indices), back);
    }

    private static IEnumerable<long> Others(int rank, params int[] taken) => Enumerable.Range(0, rank).Where(i => !taken.Contains(i)).Select(i => (long)i);
}
