using System.Globalization;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Heads;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Heads;

namespace Pellucid.Host.Targets;

/// <summary>Outputs of head files, each file read once.</summary>
/// <param name="runner">Runs heads.</param>
/// <param name="folder">What relative paths are relative to; null for the working folder.</param>
public sealed class HeadOutputs(IGraphRunner runner, string? folder = null)
{
    private readonly Dictionary<string, IEmbeddingHead> _heads = new(StringComparer.Ordinal);

    /// <summary>
    /// A target from <c>file</c>, for the first output, or <c>file:name</c> or <c>file:number</c>. Files and outputs may have colons in their names: the longest file that is there is meant.
    /// </summary>
    /// <exception cref="PellucidException">The file cannot be used, or has no such output or no probabilities.</exception>
    public HeadTarget Find(string text, ClassScore form)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = FileLength(text);
        string file = text[..end];
        if (!_heads.TryGetValue(file, out IEmbeddingHead? head)) _heads[file] = head = HeadFile.Load(Full(file), runner);
        HeadTarget target = new(head, end < text.Length ? IndexOf(head, file, text[(end + 1)..]) : 0, form);
        target.Parameters(head.Width);
        return target;
    }

    /// <summary>Nothing, if a head belongs to a model.</summary>
    /// <exception cref="PellucidException">It reads embeddings of another width, or was fitted on another model.</exception>
    public static void Require(HeadTarget target, ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(model);
        target.Parameters(model.EmbeddingDimension);
        if (target.Head.ModelHash is { } fitted && !string.Equals(fitted, model.ContentHash, StringComparison.Ordinal))
            throw new PellucidException($"head {target.Head.Name} was fitted on another model than '{model.Id}' (sha256 {Start(fitted)} instead of {Start(model.ContentHash)}): fit one on this model with 'heads fit'");
    }

    /// <summary>How many of the characters name the file; where none is there, those up to the last ending of a head file, for the message.</summary>
    private int FileLength(string text)
    {
        int[] ends = [text.Length, .. Enumerable.Range(0, text.Length).Where(i => text[i] == ':').Reverse()];
        foreach (int end in ends) if (end > 0 && File.Exists(Full(text[..end]))) return end;
        return ends.FirstOrDefault(e => HeadFile.Endings.Any(x => text.AsSpan(0, e).EndsWith(x, StringComparison.OrdinalIgnoreCase)), text.Length);
    }

    private static string Start(string hash) => hash.Length <= 12 ? hash : hash[..12] + "...";

    private static int IndexOf(IEmbeddingHead head, string file, string output)
    {
        for (int o = 0; o < head.Outputs.Count; o++) if (string.Equals(head.Outputs[o], output, StringComparison.Ordinal)) return o;
        if (int.TryParse(output, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < head.Outputs.Count) return number;
        throw new PellucidException($"head '{file}' has no output '{output}': it has {string.Join(", ", head.Outputs)}{NearestNames.Suffix(output, head.Outputs)}");
    }

    private string Full(string path) => folder is null ? path : Path.Combine(folder, path);
}
