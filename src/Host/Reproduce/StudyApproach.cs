namespace Pellucid.Host.Reproduce;

/// <summary>Which maps of a class.</summary>
public enum StudyApproach
{
    /// <summary>The method on the class's probability, as it is used without embedding-space explanation.</summary>
    Plain,

    /// <summary>Fused over the embedding dimensions with the class's prompt sentences.</summary>
    Prompts,

    /// <summary>Fused over the embedding dimensions with the class's label as the only text.</summary>
    Labels,
}
