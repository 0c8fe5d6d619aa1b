namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>Which features CLIP Surgery takes away as redundant.</summary>
public enum RedundantFeatures
{
    /// <summary>What the empty text has in common with the text: the map of a text does not depend on what else is asked.</summary>
    EmptyText,

    /// <summary>What the texts of the request have in common (the paper, eq. 6 to 8): needs two texts or more.</summary>
    Texts,

    /// <summary>None: architecture surgery alone.</summary>
    None,
}
