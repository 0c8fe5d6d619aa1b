using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Pellucid.Runtime.Devices;

namespace Pellucid.Runtime.Sessions;

/// <summary>The options of every session.</summary>
internal static class SessionSettings
{
    /// <summary>
    /// Optimizers of ONNX Runtime that compute a convolutional network in another order: batch norms folded into the kernels
    /// before them, and blocked convolutions. The values change in the last digits only, but the gradient of a ReLU whose input is within
    /// those digits of zero then comes and goes, and with it 5 % of a pixel's attribution (seen on integrated gradients of a small ResNet). Without them
    /// the published numbers are met. Transformers are not touched by either.
    /// </summary>
    private const string RoundingOptimizers = "ConvBNFusion;NchwcTransformer";

    /// <summary>Makes the options; the caller disposes of them.</summary>
    /// <param name="device">Where the session runs.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="weightsFolder">Folder that the locations of weights are relative to, or null for a model without weights in files.</param>
    public static SessionOptions Create(Device device, RuntimeOptions options, string? weightsFolder)
    {
        _ = OrtEnvironment.Instance;
        var settings = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        if (device.Threads == OrtEnvironment.SharedThreads)
        {
            settings.DisablePerSessionThreads();
        }
        else
        {
            settings.IntraOpNumThreads = device.Threads;
            settings.InterOpNumThreads = 1;
            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"); // spinning costs 1.4 times the CPU, and wall time under load
        }

        settings.AddSessionConfigEntry("session.use_deterministic_compute", "1");
        settings.AddSessionConfigEntry("session.use_env_allocators", "1");
        settings.AddSessionConfigEntry("session.disable_prepacking", options.PrepackWeights ? "0" : "1");
        settings.AddSessionConfigEntry(
            "optimization.disable_specified_optimizers",
            options.LargestFoldedConstant > 0 ? RoundingOptimizers : RoundingOptimizers + ";ConstantFolding");
        if (options.LargestFoldedConstant > 0)
            settings.AddSessionConfigEntry("optimization.constant_folding_max_output_size_in_bytes", options.LargestFoldedConstant.ToString(CultureInfo.InvariantCulture));
        if (weightsFolder is not null) settings.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", weightsFolder);
        AppendProviders(settings, device.Kind);
        return settings;
    }

    private static void AppendProviders(SessionOptions settings, DeviceKind kind)
    {
        switch (kind)
        {
            case DeviceKind.Cpu:
                break;
            case DeviceKind.Cuda:
                AppendCuda(settings);
                break;
            case DeviceKind.TensorRt:
                using (var tensorRt = new OrtTensorRTProviderOptions()) settings.AppendExecutionProvider_Tensorrt(tensorRt);
                AppendCuda(settings);
                break;
            case DeviceKind.WebGpu:
                settings.AppendExecutionProvider("WebGPU");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such device");
        }
    }

    private static void AppendCuda(SessionOptions settings)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["use_tf32"] = "0", // float32 means float32: TF32 keeps 10 bits of mantissa
            ["cudnn_conv_algo_search"] = "DEFAULT", // the others time kernels, so that runs differ
            ["arena_extend_strategy"] = "kSameAsRequested",
        });
        settings.AppendExecutionProvider_CUDA(cuda);
    }
}
