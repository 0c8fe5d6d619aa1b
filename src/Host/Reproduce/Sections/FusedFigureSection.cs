using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;

namespace Pellucid.Host.Reproduce.Sections;

/// <summary>The paper's figure 2: maps fused over the embedding dimensions, with prompts and with labels, and the texts.</summary>
/// <param name="study">The study.</param>
internal sealed class FusedFigureSection(PlannedStudy study) : IPlannedSection
{
    /// <summary>Its name in experiments.</summary>
    public const string Id = "medclip-figure-2";

    public void Check(Experiment experiment) => PlannedStudy.Check(experiment, Id);

    public void Plan(ExperimentPlan plan) => study.Plan(plan, Id);

    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        FigurePictures pictures = new(study.Layout);
        report.Heading("Figure 2: embedding-space explanation");
        report.Paragraph("A map of every embedding dimension, summed with the weights of the text: of a class's prompt sentences (their mean), or of its label alone. The score is linear in the un-normalized image embedding, so methods that are linear in the target make the sum in one run.");
        SortedSet<int> shown = [];
        foreach (DatasetItem item in pictures.ItemsOf(results))
        {
            List<ReportFigureRow> rows = [];
            foreach (StudyMethod method in study.Layout.Methods)
            {
                foreach (StudyApproach approach in new[] { StudyApproach.Prompts, StudyApproach.Labels })
                    rows.Add(await pictures.RowAsync(results, report, item, approach, method, $"{method.Name}, {(approach == StudyApproach.Prompts ? "prompts" : "label")}", cancellationToken));
            }

            report.Figures(pictures.HeadsOf(item), rows);
            shown.UnionWith(pictures.ClassesOf(item));
        }

        report.Paragraph("The texts of the classes shown:");
        report.Table(["label", "prompt sentences"], shown.Select(c => (IReadOnlyList<string>)[study.Layout.Classes[c].Name, string.Join("; ", study.Layout.Classes[c].Prompts)]));
    }
}
