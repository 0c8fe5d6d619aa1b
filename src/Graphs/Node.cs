using System.Collections.Immutable;

namespace Pellucid.Graphs;

/// <summary>One operator of a graph. Immutable.</summary>
/// <param name="OpType">ONNX operator, for example <c>MatMul</c>.</param>
/// <param name="Inputs">Names of the input values; an empty string stands for an optional input that is absent.</param>
/// <param name="Outputs">Names of the output values; an empty string stands for one that is not wanted.</param>
/// <param name="Attributes">Attributes.</param>
/// <param name="Domain">Operator set: empty for ONNX's own, <c>com.microsoft</c> for ONNX Runtime's.</param>
/// <param name="Name">Name for messages: what an imported model called the node, else made from operator and output.</param>
public sealed record Node(
    string OpType,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    NodeAttributes Attributes,
    string Domain = "",
    string Name = "")
{
    /// <summary>Domain of ONNX Runtime's own operators.</summary>
    public const string MicrosoftDomain = "com.microsoft";

    /// <summary>Operator with its domain, for example <c>com.microsoft.FusedMatMul</c>.</summary>
    public string QualifiedOp => Domain.Length == 0 ? OpType : $"{Domain}.{OpType}";

    /// <summary>How messages call this node.</summary>
    public string DisplayName => Name.Length > 0 ? Name : $"{OpType} -> {Outputs.FirstOrDefault(o => o.Length > 0, "nothing")}";
}
