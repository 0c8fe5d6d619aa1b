namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>How a layer with weights shares out relevance.</summary>
public enum LayerRule
{
    /// <summary>In proportion to the contributions x w (Bach et al. 2015, eq. 58).</summary>
    Epsilon,

    /// <summary>In proportion to x (w + gamma w+): what speaks for the output counts more (Montavon et al. 2019, table 1; any sign of x and output: Andéol et al. 2021).</summary>
    Gamma,

    /// <summary>alpha times over what raises the output, minus beta = alpha - 1 times over what lowers it (Bach et al. 2015, eq. 60).</summary>
    AlphaBeta,
}
