namespace Pellucid.Plugins.CaptumStyle.Rules.Relevance;

/// <summary>Rule of linear layers, where it is not that of convolutions: composites use another one near the output.</summary>
public enum LinearRule
{
    /// <summary>As convolutions.</summary>
    Same,

    /// <summary>The epsilon rule.</summary>
    Epsilon,
}
