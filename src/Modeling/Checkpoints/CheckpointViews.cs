using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>Other views of a checkpoint's tensors: without wrappers, by prefix, renamed, combined. Nothing is copied.</summary>
public static class CheckpointViews
{
    // Best first; what training scripts call the dictionary that holds the model.
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "net"];

    /// <summary>
    /// The model's own state dict: unpacks the wrapper dictionaries that training scripts add (<c>{'state_dict': ...}</c>,
    /// <c>{'model': ...}</c>; optimizer and counters are left behind), drops the constants of TorchScript code, and strips the
    /// prefix <c>module.</c> when every name has it (DataParallel). A plain state dict comes back as it is.
    /// </summary>
    public static Checkpoint StateDict(this Checkpoint checkpoint)
    {
        Checkpoint view = checkpoint;
        if (Array.Find(Wrappers, view.Containers.Contains) is { } wrapper) view = view.Under(wrapper + "/");
        else if (view.Containers.Contains(Torch.TorchScript.Constants)) view = view.Renamed(n => n.StartsWith(Torch.TorchScript.Constants + "/", StringComparison.Ordinal) ? null : n);
        return view.Weights.Count > 0 && view.Weights.Keys.All(n => n.StartsWith("module.", StringComparison.Ordinal)) ? view.Under("module.") : view;
    }

    /// <summary>The tensors whose names start with a prefix, without the prefix.</summary>
    public static Checkpoint Under(this Checkpoint checkpoint, string prefix) =>
        checkpoint.Renamed(n => n.StartsWith(prefix, StringComparison.Ordinal) ? n[prefix.Length..] : null);

    /// <summary>All tensors, with a prefix put before their names.</summary>
    public static Checkpoint WithPrefix(this Checkpoint checkpoint, string prefix) => checkpoint.Renamed(n => prefix + n);

    /// <summary>The tensors under new names; those renamed to null are left out. File, hash and metadata stay those of the source.</summary>
    /// <exception cref="PellucidException">Two tensors get one name.</exception>
    public static Checkpoint Renamed(this Checkpoint checkpoint, Func<string, string?> rename)
    {
        var weights = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach ((string name, Weight weight) in checkpoint.Weights)
        {
            if (rename(name) is { } renamed && !weights.TryAdd(renamed, weight))
                throw new PellucidException($"checkpoint '{checkpoint.Path}': two tensors would be named '{renamed}', one of them is '{name}'");
        }

        return checkpoint.With(weights, new HashSet<string>(StringComparer.Ordinal));
    }

    /// <summary>One checkpoint of several whose names differ: a model whose parts are published as files of their own.</summary>
    /// <exception cref="PellucidException">A name occurs in two of them, or there is none.</exception>
    public static Checkpoint Combine(params ReadOnlySpan<Checkpoint> parts)
    {
        if (parts.Length == 0) throw new PellucidException("no checkpoint to combine");
        var weights = new Dictionary<string, Weight>(StringComparer.Ordinal);
        var files = new List<string>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Checkpoint part in parts)
        {
            foreach ((string name, Weight weight) in part.Weights)
            {
                if (!weights.TryAdd(name, weight)) throw new PellucidException($"tensor '{name}' is in '{part.Path}' and in another file of the model");
            }

            foreach (string file in part.Files) if (!files.Contains(file)) files.Add(file);
            foreach ((string key, string value) in part.Metadata) metadata.TryAdd(key, value);
        }

        return new Checkpoint(parts[0].Path, CheckpointFormat.Sharded, weights, metadata, files);
    }
}
