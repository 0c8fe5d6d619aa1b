using System.IO.Enumeration;
using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>How a checkpoint's tensors compare with those that a model needs: all differences at once, not the first.</summary>
public sealed class StateDictReport
{
    /// <summary>
    /// Buffers that published checkpoints carry and no model needs: position numbers, batch counters and Swin's index table
    /// (all recomputed). Patterns with <c>*</c> and <c>?</c>.
    /// </summary>
    public static readonly IReadOnlyList<string> HarmlessExtras =
        ["*position_ids", "*num_batches_tracked", "*relative_position_index", "*relative_coords_table"];

    private StateDictReport(string path, List<string> missing, List<string> extra, List<string> misshaped)
    {
        Path = path;
        Missing = missing;
        Extra = extra;
        Misshaped = misshaped;
    }

    /// <summary>File that was compared.</summary>
    public string Path { get; }

    /// <summary>Needed tensors that the file lacks, each with its shape, sorted.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Tensors of the file that the model does not know and that no pattern excuses, each with its type, sorted.</summary>
    public IReadOnlyList<string> Extra { get; }

    /// <summary>Tensors of another shape than needed, each with both shapes, sorted.</summary>
    public IReadOnlyList<string> Misshaped { get; }

    /// <summary>Whether there is no difference.</summary>
    public bool Fits => Missing.Count + Extra.Count + Misshaped.Count == 0;

    /// <summary>Compares names and shapes; element types are not compared, for weights may be stored in half precision.</summary>
    /// <param name="checkpoint">What there is.</param>
    /// <param name="expected">What is needed.</param>
    /// <param name="ignorable">Patterns (<c>*</c>, <c>?</c>) of extra names that are fine, besides <see cref="HarmlessExtras"/>.</param>
    public static StateDictReport Compare(Checkpoint checkpoint, IEnumerable<ExpectedTensor> expected, IReadOnlyCollection<string>? ignorable = null)
    {
        var missing = new List<string>();
        var misshaped = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (ExpectedTensor tensor in expected)
        {
            known.Add(tensor.Name);
            if (checkpoint.TryGet(tensor.Name, out Weight? weight))
            {
                if (!tensor.Fits(weight.Shape)) misshaped.Add($"{tensor.Name}: is {weight.Shape}, must be {tensor.Shape}");
            }
            else if (!tensor.Optional)
            {
                missing.Add($"{tensor.Name} {tensor.Shape}");
            }
        }

        string[] patterns = [.. HarmlessExtras, .. ignorable ?? []];
        var extra = checkpoint.Weights
            .Where(w => !known.Contains(w.Key) && !Array.Exists(patterns, p => FileSystemName.MatchesSimpleExpression(p, w.Key, ignoreCase: false)))
            .Select(w => $"{w.Key} {w.Value.Type}")
            .ToList();
        missing.Sort(StringComparer.Ordinal);
        misshaped.Sort(StringComparer.Ordinal);
        return new StateDictReport(checkpoint.Path, missing, extra, misshaped);
    }

    /// <summary>Throws one error that lists every difference; does nothing when there is none.</summary>
    /// <param name="model">What the tensors are for, as in "a CLIP ViT with 12 layers".</param>
    /// <exception cref="PellucidException">The checkpoint does not fit.</exception>
    public void ThrowIfUnfit(string model)
    {
        if (Fits) return;
        var text = new StringBuilder($"checkpoint '{Path}' does not fit {model}: ");
        text.Append($"{Missing.Count} missing, {Misshaped.Count} wrongly shaped, {Extra.Count} unknown tensors");
        Append(text, "missing", Missing);
        Append(text, "wrong shape", Misshaped);
        Append(text, "unknown", Extra);
        throw new PellucidException(text.ToString());
    }

    private static void Append(StringBuilder text, string kind, IReadOnlyList<string> lines)
    {
        foreach (string line in lines) text.Append($"\n  {kind}: {Printable.Of(line)}");
    }
}
