namespace Pellucid.Abstractions.Heads;

/// <summary>What the outputs of a head are.</summary>
public enum HeadKind
{
    /// <summary>Values of their own.</summary>
    Regression,

    /// <summary>Logits of classes that exclude each other.</summary>
    Classification,
}
