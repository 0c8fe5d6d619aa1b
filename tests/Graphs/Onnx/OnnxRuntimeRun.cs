using Microsoft.ML.OnnxRuntime;
using Pellucid.Graphs.Onnx;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>Runs models on ONNX Runtime, one thread, as they are.</summary>
internal static class OnnxRuntimeRun
{
    public static Dictionary<string, HostTensor> Run(Graph graph, params (string Name, HostTensor Tensor)[] inputs)
    {
        OnnxModel model = OnnxExport.ForRuntime(graph);
        return Run(options =>
        {
            if (model.ExternalDataFolder is not null)
                options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", model.ExternalDataFolder);
            return new InferenceSession(model.Bytes, options);
        }, inputs);
    }

    public static Dictionary<string, HostTensor> Run(string path, params (string Name, HostTensor Tensor)[] inputs) =>
        Run(options => new InferenceSession(path, options), inputs);

    private static Dictionary<string, HostTensor> Run(Func<SessionOptions, InferenceSession> open, (string Name, HostTensor Tensor)[] inputs)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using InferenceSession session = open(options);
        var feeds = inputs.ToDictionary(i => i.Name, i => ToOrt(i.Tensor), StringComparer.Ordinal);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, feeds, session.OutputNames);
        Dictionary<string, HostTensor> tensors = session.OutputNames.Zip(results).ToDictionary(p => p.First, p => FromOrt(p.Second), StringComparer.Ordinal);
        foreach (OrtValue feed in feeds.Values) feed.Dispose();
        return tensors;
    }

    private static OrtValue ToOrt(HostTensor tensor) => tensor.ElementType switch
    {
        ElementType.Float32 => OrtValue.CreateTensorValueFromMemory((float[])tensor.BackingArray, tensor.Shape.ToArray()),
        ElementType.Int64 => OrtValue.CreateTensorValueFromMemory((long[])tensor.BackingArray, tensor.Shape.ToArray()),
        _ => throw new ArgumentException($"tests feed float32 and int64, not {tensor.ElementType}"),
    };

    private static HostTensor FromOrt(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        return info.ElementDataType switch
        {
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => HostTensor.Of(value.GetTensorDataAsSpan<float>().ToArray(), info.Shape),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 => HostTensor.Of(value.GetTensorDataAsSpan<long>().ToArray(), info.Shape),
            var other => throw new ArgumentException($"tests fetch float32 and int64, not {other}"),
        };
    }
}
