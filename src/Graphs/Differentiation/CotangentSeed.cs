namespace Pellucid.Graphs.Differentiation;

/// <summary>Where the cotangent of the differentiated value comes from.</summary>
public enum CotangentSeed
{
    /// <summary>A new input <c>cotangent.NAME</c> of the value's shape, whose batch may be larger: K cotangents at once.</summary>
    Input,

    /// <summary>All ones: the gradient of the sum. For a score of shape [B] this is each sample's own gradient.</summary>
    Ones,
}
