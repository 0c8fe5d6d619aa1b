namespace Pellucid.Host.Reproduce;

/// <summary>An attribution method in both approaches.</summary>
/// <param name="Name">For tables: the plain explainer.</param>
/// <param name="Plain">Canonical text of the plain explainer.</param>
/// <param name="Fused">Canonical text of embedding-space fusion around it.</param>
public sealed record StudyMethod(string Name, string Plain, string Fused)
{
    /// <summary>The explainer of an approach.</summary>
    public string Of(StudyApproach approach) => approach == StudyApproach.Plain ? Plain : Fused;
}
