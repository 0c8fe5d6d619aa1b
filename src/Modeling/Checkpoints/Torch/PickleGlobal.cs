using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>A name that a pickle mentions and that is on the list of known ones; see <see cref="TorchGlobals"/>.</summary>
/// <param name="Name">Module and name, joined by a dot.</param>
/// <param name="Call">What a call of it means as data, or null if it cannot be called.</param>
/// <param name="Element">Element type, if the name is a storage class.</param>
internal sealed record PickleGlobal(string Name, Func<PickleInput, object?[], object?>? Call, ElementType Element = ElementType.Unknown)
{
    /// <summary>Whether instances are plain records of attributes.</summary>
    internal bool IsRecordClass { get; init; }
}
