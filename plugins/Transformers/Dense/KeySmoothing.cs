namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>How MaskCLIP weighs patches by the keys of the last attention.</summary>
public enum KeySmoothing
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Each patch takes over the values of patches with similar keys: sum_j cos(k_i, k_j) s_j (the paper's key smoothing, eq. 4).</summary>
    Patches,

    /// <summary>Each patch times the cosine of its key with the class token's, both after the output projection (the published code of Grad-ECLIP).</summary>
    ClassToken,
}
