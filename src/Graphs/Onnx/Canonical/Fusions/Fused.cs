namespace Pellucid.Graphs.Onnx.Canonical.Fusions;

/// <summary>The operator that a pattern amounts to.</summary>
internal sealed record Fused(string OpType, IReadOnlyList<Value> Inputs, NodeAttributes Attributes, string Domain = "");
