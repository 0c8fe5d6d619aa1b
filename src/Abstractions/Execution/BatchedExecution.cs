using Pellucid.Graphs;

namespace Pellucid.Abstractions.Execution;

/// <summary>Runs of more rows than fit into memory at once.</summary>
public static class BatchedExecution
{
    /// <summary>
    /// Runs a graph over any number of rows, a batch at a time, and puts the outputs together. Rows do not influence each
    /// other, so the batch size changes results by float rounding at most.
    /// </summary>
    /// <param name="runner">Runs the batches, one after another.</param>
    /// <param name="graph">A graph all of whose outputs have a dynamic leading dimension, unless there is only one batch.</param>
    /// <param name="inputs">A tensor for each input of the graph. Those in <paramref name="rows"/> have the same leading dimension.</param>
    /// <param name="batchSize">Rows in a batch, at least 1.</param>
    /// <param name="rows">Names of the inputs that are cut into batches; null for all with a dynamic leading dimension. The others go into each batch whole.</param>
    /// <param name="progress">Told the fraction done, (0,1], after each batch.</param>
    /// <param name="cancellationToken">Stops within one operator.</param>
    /// <returns>A tensor for each output, over all rows.</returns>
    /// <exception cref="PellucidException">The inputs have different numbers of rows, there is none to cut, an output has no rows, or a run fails.</exception>
    public static async Task<IReadOnlyDictionary<string, HostTensor>> RunInBatchesAsync(
        this IGraphRunner runner,
        Graph graph,
        IReadOnlyDictionary<string, HostTensor> inputs,
        int batchSize,
        IReadOnlyCollection<string>? rows = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        string[] cut = [.. rows ?? graph.Inputs.Where(i => HasRows(i.Type)).Select(i => i.Name)];
        long count = RowCount(graph, inputs, cut);
        if (count <= batchSize)
        {
            IReadOnlyDictionary<string, HostTensor> whole = await runner.RunAsync(graph, inputs, cancellationToken).ConfigureAwait(false);
            progress?.Report(1);
            return whole;
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            if (!HasRows(graph.Types[output.Value]))
                throw new PellucidException($"output '{output.Name}' of graph '{graph.Name}' is {graph.Types[output.Value]}: it has no rows, so it cannot be computed in batches");
        }

        var parts = new List<IReadOnlyDictionary<string, HostTensor>>();
        for (long start = 0; start < count; start += batchSize)
        {
            long size = Math.Min(batchSize, count - start);
            var batch = new Dictionary<string, HostTensor>(inputs, StringComparer.Ordinal);
            foreach (string name in cut) batch[name] = inputs[name].Rows(start, size);
            parts.Add(await runner.RunAsync(graph, batch, cancellationToken).ConfigureAwait(false));
            progress?.Report((double)(start + size) / count);
        }

        return Join(parts);
    }

    /// <summary>
    /// Sends any number of cotangents back, a chunk at a time. Memory grows with the chunk; deep graphs are fastest with
    /// about 4.
    /// </summary>
    /// <param name="pass">The forward run.</param>
    /// <param name="cotangents">[K, ...], K at least 1.</param>
    /// <param name="chunkSize">Cotangents in a chunk, at least 1.</param>
    /// <param name="progress">Told the fraction done, (0,1], after each chunk.</param>
    /// <param name="cancellationToken">Stops within one operator.</param>
    /// <returns>The backward graph's outputs, each with leading dimension K.</returns>
    /// <exception cref="PellucidException">There is no cotangent, or a run fails.</exception>
    public static async Task<IReadOnlyDictionary<string, HostTensor>> BackwardInChunksAsync(
        this IForwardPass pass,
        HostTensor cotangents,
        int chunkSize = 4,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        if (cotangents.Shape.Rank == 0 || cotangents.Shape[0] == 0) throw new PellucidException($"the cotangents are {cotangents}: give at least one, as [K, ...]");
        var parts = new List<IReadOnlyDictionary<string, HostTensor>>();
        long count = cotangents.Shape[0];
        for (long start = 0; start < count; start += chunkSize)
        {
            long size = Math.Min(chunkSize, count - start);
            HostTensor chunk = size == count ? cotangents : cotangents.Rows(start, size);
            parts.Add(await pass.BackwardAsync(chunk, cancellationToken).ConfigureAwait(false));
            progress?.Report((double)(start + size) / count);
        }

        return Join(parts);
    }

    private static bool HasRows(TensorType type) => type.Shape is null || (type.Shape.Rank > 0 && type.Shape[0] == TensorShape.Dynamic);

    private static long RowCount(Graph graph, IReadOnlyDictionary<string, HostTensor> inputs, string[] cut)
    {
        long? count = null;
        foreach (string name in cut)
        {
            if (!inputs.TryGetValue(name, out HostTensor? tensor)) throw new PellucidException($"graph '{graph.Name}' needs input '{name}'");
            if (tensor.Shape.Rank == 0) throw new PellucidException($"input '{name}' of graph '{graph.Name}' is {tensor}: it has no rows to cut into batches");
            count ??= tensor.Shape[0];
            if (count != tensor.Shape[0])
                throw new PellucidException($"input '{name}' of graph '{graph.Name}' has {tensor.Shape[0]} rows, input '{cut[0]}' has {count}; they must agree, or be left out of the inputs to cut");
        }

        return count ?? throw new PellucidException($"graph '{graph.Name}' has no input with a dynamic leading dimension, so there is nothing to cut into batches");
    }

    private static IReadOnlyDictionary<string, HostTensor> Join(List<IReadOnlyDictionary<string, HostTensor>> parts) =>
        parts.Count == 1
            ? parts[0]
            : parts[0].Keys.ToDictionary(name => name, name => Concatenate([.. parts.Select(p => p[name])]), StringComparer.Ordinal);

    private static HostTensor Concatenate(HostTensor[] parts)
    {
        HostTensor joined = HostTensor.Zeros(parts[0].ElementType, parts[0].Shape.With(0, parts.Sum(p => p.Shape[0])));
        Span<byte> rest = joined.Bytes;
        foreach (HostTensor part in parts)
        {
            part.Bytes.CopyTo(rest);
            rest = rest[part.Bytes.Length..];
        }

        return joined;
    }
}
