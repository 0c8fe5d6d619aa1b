namespace Pellucid.Modeling.Transformers;

/// <summary>Activation of a feed-forward layer.</summary>
public enum Activation
{
    /// <summary>x sigmoid(1.702 x): models with OpenAI's weights.</summary>
    QuickGelu,

    /// <summary>Exact GELU with erf.</summary>
    Gelu,
}
