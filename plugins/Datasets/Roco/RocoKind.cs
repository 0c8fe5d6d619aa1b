namespace Pellucid.Plugins.Datasets.Roco;

/// <summary>Which images of ROCO.</summary>
public enum RocoKind
{
    /// <summary>Radiology images.</summary>
    Radiology,

    /// <summary>Other figures, the data set's own negative examples.</summary>
    NonRadiology,

    /// <summary>All.</summary>
    Both,
}
