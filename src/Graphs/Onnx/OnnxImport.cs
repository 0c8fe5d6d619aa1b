using Pellucid.Graphs.Onnx.Canonical;
using Pellucid.Graphs.Onnx.Canonical.Fusions;
using Pellucid.Graphs.Onnx.Import;

namespace Pellucid.Graphs.Onnx;

/// <summary>
/// Reads ONNX models of operator sets 11 to 21 as graphs of operator set 20. Weights stay in their files, whatever
/// their size; shape arithmetic is folded; taps are named by structure.
/// </summary>
public static class OnnxImport
{
    /// <summary>Oldest and newest operator set that can be read.</summary>
    public const int OldestOpset = 11, NewestOpset = 21;

    /// <summary>
    /// Reads a model. Taps: <c>conv.N</c> and <c>conv.last</c>; for each Softmax between two matrix products
    /// <c>attention.N.probabilities</c>, <c>.scores</c>, <c>.value</c> and <c>.context</c>; <c>residual.N</c> for the
    /// residual stream; and those that <see cref="OnnxExport.Save"/> kept.
    /// </summary>
    /// <param name="path">The .onnx file; external data must lie in its folder or below.</param>
    /// <param name="options">What the model leaves open; null for nothing.</param>
    /// <exception cref="GraphException">The file is missing, damaged, hostile, or holds something that is not supported.</exception>
    public static Graph Load(string path, OnnxImportOptions? options = null)
    {
        options ??= new OnnxImportOptions();
        string full = Path.GetFullPath(path);
        try
        {
            ParsedModel model = ModelParser.Parse(full);
            if (model.Name.Length == 0) model.Name = Path.GetFileNameWithoutExtension(full);
            Graph graph = new Assembly(full, model, options).Run();
            if (options.Fuse) graph = FusionPass.Run(graph);
            return StructuralTaps.AddTo(graph, model.Metadata);
        }
        catch (GraphException e) when (!e.Message.Contains(full, StringComparison.Ordinal))
        {
            throw new GraphException($"'{full}': {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GraphException($"there is no file '{full}'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GraphException($"'{full}' cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (MalformedNode.Covers(e))
        {
            throw new GraphException($"'{full}' holds a graph that cannot be right: {e.Message}", e);
        }
    }
}
