namespace Pellucid.Abstractions.Explanations;

/// <summary>Tells what an explainer is, so that its results can be kept under a key.</summary>
public interface IExplainerIdentities
{
    /// <summary>
    /// A text that is equal for two explainers only if they give the same numbers: all options, defaults too, the contents of files that they name as of now, and the contents of the plugins that bring the explainer and
    /// those nested in it. Null for an explainer that the host did not make: its results must not be kept.
    /// </summary>
    string? Of(IExplainer explainer);
}
