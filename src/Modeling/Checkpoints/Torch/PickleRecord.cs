namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>An object of a TorchScript class: the class's name and the attributes, and no behavior.</summary>
internal sealed class PickleRecord(string className)
{
    internal string ClassName { get; } = className;

    /// <summary>What BUILD gave it: a dictionary of attributes.</summary>
    internal object? State { get; set; }
}
