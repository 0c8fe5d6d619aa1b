using Pellucid.Host.Options;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Explaining;

/// <summary>From the option grammar to an explainer with its provenance.</summary>
public static class ExplainerChoice
{
    /// <summary>Reads a specification and makes the explainer.</summary>
    /// <exception cref="Graphs.PellucidException">It is wrong; the message shows where and lists the nearest names.</exception>
    public static ChosenExplainer ChooseExplainer(this HostServices services, string spec)
    {
        ArgumentNullException.ThrowIfNull(services);
        ExplainerConfiguration configuration = services.Explainers.Parse(spec);
        PluginManifest manifest = configuration.Plugin.Manifest!;
        return new ChosenExplainer(
            configuration.Text, manifest.Id, manifest.Version.ToString(), manifest.Hash, configuration.Registration.Source, services.Explainers.Create(configuration));
    }
}
