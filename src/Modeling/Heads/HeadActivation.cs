namespace Pellucid.Modeling.Heads;

/// <summary>What follows a layer of a head.</summary>
public enum HeadActivation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x/2 (1 + erf(x / sqrt 2)).</summary>
    Gelu,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,
}
