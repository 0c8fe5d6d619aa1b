using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Caching;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>Makes explainers from what users write, such as <c>grad-eclip(layers=2, similarity=cosine)</c>. Safe for concurrent use.</summary>
public sealed class ExplainerFactory
{
    private readonly IReadOnlyList<PluginInfo> _plugins;
    private readonly ExplainerIdentities? _identities;

    /// <summary>Makes the factory.</summary>
    /// <param name="plugins">All plugins; the explainers of the active ones can be made.</param>
    public ExplainerFactory(IReadOnlyList<PluginInfo> plugins)
        : this(plugins, null)
    {
    }

    internal ExplainerFactory(IReadOnlyList<PluginInfo> plugins, ExplainerIdentities? identities) => (_plugins, _identities) = (plugins, identities);

    /// <summary>Explainers that can be made, in ordinal order of their ids.</summary>
    public IReadOnlyList<ExplainerRegistration> Explainers =>
        [.. _plugins.SelectMany(p => p.Explainers).OrderBy(e => e.Id, StringComparer.Ordinal)];

    /// <summary>Whether an explainer cannot be made without options: one of them must be given.</summary>
    public static bool NeedsOptions(ExplainerRegistration explainer)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        return OptionSchema.Of(explainer.OptionsType).Options.Any(o => o.Required);
    }

    /// <summary>Reads and checks a specification without making anything.</summary>
    /// <exception cref="PellucidException">
    /// It breaks the grammar, names an unknown explainer, option or choice (the nearest names are listed), or gives a value that
    /// is not allowed. The message shows the place.
    /// </exception>
    public ExplainerConfiguration Parse(string spec) => Bind(spec, SpecParser.Parse(spec));

    /// <summary>Reads a specification and makes the explainer.</summary>
    /// <exception cref="PellucidException">As for <see cref="Parse"/>, or the explainer refuses its options.</exception>
    public IExplainer Create(string spec) => Create(Parse(spec));

    /// <summary>Makes an explainer.</summary>
    /// <exception cref="PellucidException">The explainer refuses its options, or fails.</exception>
    public IExplainer Create(ExplainerConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ExplainerRegistration registration = configuration.Registration;
        IExplainer explainer = PartMaking.Make<IExplainer>(configuration, "explainer", registration.Id, registration.ExplainerType, configuration.Options.Make(Create));
        _identities?.Add(explainer, configuration);
        return explainer;
    }

    internal ExplainerConfiguration Bind(string source, SpecCall call)
    {
        PluginInfo plugin = _plugins.FirstOrDefault(p => p.Explainers.Any(e => e.Id == call.Name.Text)) ?? throw new SpecException(
            source, call.Name.Start, call.Name.Length, PartMaking.Unknown("explainer", PluginCapabilities.Explainer, call.Name.Text, Explainers.Select(e => e.Id), _plugins));
        ExplainerRegistration registration = plugin.Explainers.First(e => e.Id == call.Name.Text);
        return new ExplainerConfiguration(registration, plugin, BoundOptions.Bind(source, call, registration.Id, registration.OptionsType, nested => Bind(source, nested)));
    }
}
