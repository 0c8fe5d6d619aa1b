using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;

namespace Pellucid.Host.Reproduce.Sections;

/// <summary>The paper's figure 1: maps of the plain methods, a column a class.</summary>
/// <param name="study">The study.</param>
internal sealed class PlainFigureSection(PlannedStudy study) : IPlannedSection
{
    /// <summary>Its name in experiments.</summary>
    public const string Id = "medclip-figure-1";

    public void Check(Experiment experiment) => PlannedStudy.Check(experiment, Id);

    public void Plan(ExperimentPlan plan) => study.Plan(plan, Id);

    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        FigurePictures pictures = new(study.Layout);
        report.Heading("Figure 1: plain methods on the class probability");
        report.Paragraph("Each method explains the probability of a class: the softmax over all classes of the mean logit of the class's prompts. The maps are shown smoothed (two pixels for a side of 112). Red speaks for the class, blue against it. Outlines are the masks of the findings of that class.");
        foreach (DatasetItem item in pictures.ItemsOf(results))
        {
            List<ReportFigureRow> rows = [];
            foreach (StudyMethod method in study.Layout.Methods) rows.Add(await pictures.RowAsync(results, report, item, StudyApproach.Plain, method, method.Name, cancellationToken));
            report.Figures(pictures.HeadsOf(item), rows);
        }
    }
}
