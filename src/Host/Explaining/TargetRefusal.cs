using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Options;

namespace Pellucid.Host.Explaining;

/// <summary>Refuses an explainer for a target before any work, and names those that can take it.</summary>
internal static class TargetRefusal
{
    /// <summary>Nothing, if the explainer can explain the target.</summary>
    /// <exception cref="PellucidException">It cannot.</exception>
    public static void Require(HostServices services, IVisionLanguageModel model, ChosenExplainer explainer, ExplanationTarget target)
    {
        if (explainer.Explainer.CanExplain(target)) return;
        string[] able = [.. services.Explainers.Explainers.Where(e => IsAble(services, model, e, target)).Select(e => e.Id)];
        throw new PellucidException($"{explainer.Text} cannot explain {target.Describe()}{(able.Length == 0 ? "; no explainer can" : $"; those that can: {string.Join(", ", able)}")}");
    }

    private static bool IsAble(HostServices services, IVisionLanguageModel model, ExplainerRegistration registration, ExplanationTarget target)
    {
        if (ExplainerFactory.NeedsOptions(registration)) return false;
        IExplainer explainer = services.Explainers.Create(registration.Id);
        return (explainer.Requires & ~model.Capabilities) == ModelCapabilities.None && explainer.CanExplain(target);
    }
}
