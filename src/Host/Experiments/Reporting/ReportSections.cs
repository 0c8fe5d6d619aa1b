using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Concepts;
using Pellucid.Host.Evaluating;
using Pellucid.Host.Options;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Sections of reports by what users write: the host's own, those of a preset, and those of plugins with their options.</summary>
/// <param name="services">The host's services.</param>
/// <param name="preset">Sections of a preset by id.</param>
internal sealed class ReportSections(HostServices services, IReadOnlyDictionary<string, IReportSection> preset)
{
    private readonly Dictionary<string, IReportSection> _own = new(StringComparer.Ordinal)
    {
        ["results"] = new ResultsSection(),
        ["maps"] = new MapsSection(),
        ["evaluation"] = new EvaluationSection(metric => services.Metrics.Create(services.Metrics.Parse(metric))),
        ["decomposition"] = new DecompositionSection(),
        ["attributes"] = new IdentificationSection(),
        ["word-regions"] = new WordRegionsSection(),
    };

    /// <summary>Ids of all sections.</summary>
    public IReadOnlyList<string> Known => [.. _own.Keys.Union(preset.Keys, StringComparer.Ordinal), .. services.Plugins.Plugins.SelectMany(p => p.ReportSections).Select(s => s.Id)];

    /// <summary>Makes a section.</summary>
    /// <exception cref="PellucidException">There is no such section, or its options are wrong.</exception>
    public IReportSection Make(string spec)
    {
        if ((preset.GetValueOrDefault(spec) ?? _own.GetValueOrDefault(spec)) is { } section) return section;
        SpecCall call = SpecParser.Parse(spec);
        string id = call.Name.Text;
        if (preset.ContainsKey(id) || _own.ContainsKey(id)) throw new SpecException(spec, call.Name.Length, spec.Length - call.Name.Length, $"the report section {id} has no options");
        PluginInfo plugin = services.Plugins.Plugins.FirstOrDefault(p => p.ReportSections.Any(s => s.Id == id))
            ?? throw new SpecException(spec, call.Name.Start, call.Name.Length, $"there is no report section '{id}'; known: {string.Join(", ", Known)}{NearestNames.Suffix(id, Known)}");
        Abstractions.Plugins.ReportSectionRegistration registration = plugin.ReportSections.First(s => s.Id == id);
        BoundOptions options = BoundOptions.Bind(spec, call, id, registration.OptionsType, nested => services.Explainers.Bind(spec, nested));
        ReportSectionConfiguration configuration = new(registration, plugin, options);
        return PartMaking.Make<IReportSection>(configuration, "report section", id, registration.SectionType, options.Make(services.Explainers.Create));
    }
}
