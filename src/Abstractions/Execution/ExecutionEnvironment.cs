namespace Pellucid.Abstractions.Execution;

/// <summary>What numbers were computed on. Byte-identical results are promised for equal environments only.</summary>
/// <param name="Device"><c>cpu</c>, <c>cuda</c>, <c>tensorrt</c> or <c>webgpu</c>: the one chosen, also when <c>auto</c> was asked for.</param>
/// <param name="DeviceDetail">Model of the processor or accelerator as far as known.</param>
/// <param name="Engine">Name and version of the engine that runs graphs.</param>
/// <param name="Threads">Threads a graph is run with.</param>
public sealed record ExecutionEnvironment(string Device, string DeviceDetail, string Engine, int Threads);
