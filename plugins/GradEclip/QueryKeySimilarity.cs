namespace Pellucid.Plugins.GradEclip;

/// <summary>How a query and a key are compared.</summary>
public enum QueryKeySimilarity
{
    /// <summary>Inner product: the paper's eq. 8.</summary>
    Dot,

    /// <summary>Cosine: the published code.</summary>
    Cosine,
}
