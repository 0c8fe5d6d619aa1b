namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>How relevance passes attention.</summary>
public enum AttentionRule
{
    /// <summary>
    /// AttnLRP (Achtibat et al. 2024): products share out half and half (proposition 3.3), the softmax by its Taylor expansion,
    /// R_i = x_i (R'_i - s_i sum R') (proposition 3.1).
    /// </summary>
    AttnLrp,

    /// <summary>CP-LRP (Ali et al. 2022, section 4): attention probabilities are constants, the values take all relevance.</summary>
    CpLrp,
}
