namespace Pellucid.Graphs.Onnx;

/// <summary>A graph as ONNX Runtime takes it: a small protobuf whose large weights stay in their own files.</summary>
/// <param name="Bytes">The serialized ModelProto.</param>
/// <param name="ExternalDataFolder">
/// Full path of the folder that the locations of external weights are relative to (for
/// <c>session.model_external_initializers_file_folder_path</c>), or null where no weight is external.
/// </param>
public sealed record OnnxModel(byte[] Bytes, string? ExternalDataFolder);
