using Pellucid.Graphs.Onnx.Export;
using Google.Protobuf;
using Pellucid.Graphs.Onnx.Protobuf;

namespace Pellucid.Graphs.Onnx;

/// <summary>Writes graphs in the ONNX format.</summary>
public static class OnnxExport
{
    /// <summary>
    /// The graph for ONNX Runtime: pruned to what its outputs need, outputs under their own names, file-backed weights
    /// as external data that points into the files they are in.
    /// </summary>
    /// <exception cref="GraphException">An output has the name of an input, or the weight files have no common folder.</exception>
    public static OnnxModel ForRuntime(Graph graph)
    {
        var weights = new ReferencedWeights(graph);
        ModelProto model = new OnnxWriter(graph, weights, describeOutputs: false).Write();
        return new OnnxModel(model.ToByteArray(), weights.Folder);
    }

    /// <summary>
    /// Writes a self-contained ONNX model for other programs. Taps that the outputs pass through are kept as metadata
    /// (<c>pellucid.tap:NAME</c>) and come back on import. Nothing is left behind on failure.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="path">File to write; an existing one is replaced.</param>
    /// <param name="externalData">
    /// True writes the weights, streamed, to <paramref name="path"/> + <c>.data</c>: any size. False puts them into the
    /// file itself: less than 2 GB.
    /// </param>
    /// <exception cref="GraphException">The weights do not fit into one protobuf, or a weight file is too short.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Save(Graph graph, string path, bool externalData)
    {
        string full = Path.GetFullPath(path);
        string partial = full + ".partial", data = full + ".data", partialData = data + ".partial";
        try
        {
            using (var weights = externalData ? new StreamedWeights(partialData, Path.GetFileName(data)) : (IWeightPlacement)new EmbeddedWeights())
            {
                ModelProto model = new OnnxWriter(graph, weights, describeOutputs: true).Write();
                using FileStream file = File.Create(partial);
                model.WriteTo(file);
            }

            if (externalData) File.Move(partialData, data, overwrite: true);
            File.Move(partial, full, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
            File.Delete(partialData);
        }
    }
}
