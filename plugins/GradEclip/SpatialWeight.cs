namespace Pellucid.Plugins.GradEclip;

/// <summary>The spatial weight w_i of Grad-ECLIP.</summary>
public enum SpatialWeight
{
    /// <summary>Similarity of the selected token's query with each key, min-max normalized to [0, 1] (eq. 8).</summary>
    Similarity,

    /// <summary>1 everywhere: Grad-ECLIP without w_i.</summary>
    One,

    /// <summary>The selected token's attention probabilities, mean over heads, not normalized again.</summary>
    Softmax,
}
