namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>What tells a TorchScript archive from a saved dictionary.</summary>
internal static class TorchScript
{
    /// <summary>Container that tensors of <c>constants.pkl</c> are put in: they belong to the code, not to the state dict.</summary>
    internal const string Constants = "constants";
}
