namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>What happens at operators that DeepLIFT's rescale rule says nothing about.</summary>
public enum UnsupportedOperators
{
    /// <summary>The model is refused; the message names them.</summary>
    Refuse,

    /// <summary>Their ordinary gradient at the image is used: an approximation, whose error is in the convergence delta.</summary>
    Gradient,
}
