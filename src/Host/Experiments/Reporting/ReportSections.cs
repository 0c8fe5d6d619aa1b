using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Concepts;
using Pellucid.Host.Evaluating;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Options;
using Pellucid.Host.Plugins;
using Pellucid.Host.Reproduce;
using Pellucid.Host.Reproduce.Sections;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>
/// Sections of one report by what users write: the host's own, those that presets name included, and those of plugins. Every experiment can
/// name all of them, so that the file that a preset writes is an experiment like any other.
/// </summary>
internal sealed class ReportSections
{
    private readonly HostServices _services;
    private readonly Dictionary<string, IReportSection> _plain;
    private readonly Dictionary<string, (Type Options, Func<object, IReportSection> Make)> _withOptions;

    public ReportSections(HostServices services)
    {
        _services = services;
        // Shared by the sections of one report, so that maps are measured once.
        PlannedStudy study = new();
        _plain = new Dictionary<string, IReportSection>(StringComparer.Ordinal)
        {
            ["results"] = new ResultsSection(),
            ["maps"] = new MapsSection(),
            ["evaluation"] = new EvaluationSection(metric => services.Metrics.Create(services.Metrics.Parse(metric))),
            ["decomposition"] = new DecompositionSection(),
            ["attributes"] = new IdentificationSection(),
            ["word-regions"] = new WordRegionsSection(),
            [ClaimsSection.Id] = new ClaimsSection(study),
            [PlainFigureSection.Id] = new PlainFigureSection(study),
            [FusedFigureSection.Id] = new FusedFigureSection(study),
            [MeasuresSection.Id] = new MeasuresSection(study),
        };
        _withOptions = new Dictionary<string, (Type, Func<object, IReportSection>)>(StringComparer.Ordinal)
        {
            [ZeroShotSection.Id] = (typeof(ZeroShotOptions), options => new ZeroShotSection(services, (ZeroShotOptions)options)),
        };
    }

    /// <summary>Ids of all sections.</summary>
    public IReadOnlyList<string> Known => [.. _plain.Keys, .. _withOptions.Keys, .. _services.Plugins.Plugins.SelectMany(p => p.ReportSections).Select(s => s.Id)];

    /// <summary>The sections that an experiment names, in order. Those that do not exist or whose options are wrong are noted and left out.</summary>
    public IReadOnlyList<IReportSection> MakeAll(Experiment experiment, ExperimentProblems problems)
    {
        List<IReportSection> made = [];
        for (int s = 0; s < experiment.Report.Sections.Count; s++)
        {
            try
            {
                IReportSection section = Make(experiment.Report.Sections[s]);
                if (section is IPlannedSection planned && problems.None) planned.Check(experiment);
                made.Add(section);
            }
            catch (SpecException e)
            {
                problems.Add($"report.sections[{s}]", e.Problem, e.Position);
            }
            catch (PellucidException e)
            {
                problems.Add($"report.sections[{s}]", e.Message);
            }
        }

        return made;
    }

    private IReportSection Make(string spec)
    {
        SpecCall call = SpecParser.Parse(spec);
        string id = call.Name.Text;
        if (_plain.TryGetValue(id, out IReportSection? section))
            return call.Arguments.Count == 0 ? section : throw new SpecException(spec, call.Name.Length, spec.Length - call.Name.Length, $"the report section {id} has no options");
        if (_withOptions.TryGetValue(id, out (Type Options, Func<object, IReportSection> Make) own)) return own.Make(Bind(spec, call, own.Options).Make(_services.Explainers.Create));
        PluginInfo plugin = _services.Plugins.Plugins.FirstOrDefault(p => p.ReportSections.Any(s => s.Id == id))
            ?? throw new SpecException(spec, call.Name.Start, call.Name.Length, $"there is no report section '{id}'; known: {string.Join(", ", Known)}{NearestNames.Suffix(id, Known)}");
        Abstractions.Plugins.ReportSectionRegistration registration = plugin.ReportSections.First(s => s.Id == id);
        BoundOptions options = Bind(spec, call, registration.OptionsType);
        ReportSectionConfiguration configuration = new(registration, plugin, options);
        return PartMaking.Make<IReportSection>(configuration, "report section", id, registration.SectionType, options.Make(_services.Explainers.Create));
    }

    private BoundOptions Bind(string spec, SpecCall call, Type options) => BoundOptions.Bind(spec, call, call.Name.Text, options, nested => _services.Explainers.Bind(spec, nested));
}
