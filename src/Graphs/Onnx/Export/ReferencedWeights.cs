using Google.Protobuf;
using Pellucid.Graphs.Onnx.Protobuf;

namespace Pellucid.Graphs.Onnx.Export;

/// <summary>Leaves file-backed weights in the files they are in, relative to the common folder of those files.</summary>
internal sealed class ReferencedWeights : IWeightPlacement
{
    private readonly Dictionary<string, string> _realPaths = new(StringComparer.Ordinal);

    public ReferencedWeights(Graph graph)
    {
        foreach (string path in graph.Weights.Values.OfType<FileWeight>().Select(w => w.Path).Distinct(StringComparer.Ordinal))
        {
            string real = _realPaths[path] = RealPath.Of(path);
            Folder = Folder is null ? FolderOf(real) : CommonFolder(Folder, real);
        }
    }

    /// <summary>Full path of the common folder; null where no weight is in a file.</summary>
    public string? Folder { get; }

    public void Place(Weight weight, TensorProto tensor)
    {
        if (weight is FileWeight { ByteLength: > 0 } file)
            ExternalData.Refer(tensor, Path.GetRelativePath(Folder!, _realPaths[file.Path]).Replace('\\', '/'), file.Offset, file.ByteLength);
        else
            tensor.RawData = ByteString.CopyFrom(weight.Read().Bytes);
    }

    public void Dispose()
    {
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path) ?? path;

    private static string CommonFolder(string folder, string path)
    {
        string? common = folder;
        while (common is not null)
        {
            string prefix = Path.EndsInDirectorySeparator(common) ? common : common + Path.DirectorySeparatorChar;
            if (path.StartsWith(prefix, StringComparison.Ordinal)) return common;
            common = Path.GetDirectoryName(common);
        }

        throw new GraphException($"the weight files '{folder}' and '{path}' have no common folder; put the model's files on one drive");
    }
}
