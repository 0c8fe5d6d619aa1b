using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Reproduce.Sections;

/// <summary>Similarity across classes, weight outside the body, and localization, by approach and method.</summary>
/// <param name="study">The study.</param>
internal sealed class MeasuresSection(PlannedStudy study) : IPlannedSection
{
    /// <summary>Its name in experiments.</summary>
    public const string Id = "medclip-measures";

    private static readonly (StudyMeasure Measure, string Name)[] Columns =
    [
        (StudyMeasure.Ssim, "SSIM across classes"), (StudyMeasure.Spearman, "Spearman across classes"), (StudyMeasure.OutsideBody, "outside the body"),
        (StudyMeasure.Pointing, "pointing game"), (StudyMeasure.LesionMass, "mass on own findings"), (StudyMeasure.AbsentMass, "same, maps of absent classes"),
    ];

    public void Check(Experiment experiment) => PlannedStudy.Check(experiment, Id);

    public void Plan(ExperimentPlan plan) => study.Plan(plan, Id);

    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        StudyFindings findings = await study.Maps.MeasureAsync(results, cancellationToken);
        report.Heading("What the maps measure");
        report.Paragraph("Means over images with 95 % percentile bootstrap intervals. All maps count by their absolute values. Similarity is taken over all pairs of classes of an image, of maps scaled to a largest value of 1; "
            + "the pointing game takes the largest value after smoothing (two pixels for a side of 112). The body is estimated from the image: Otsu's threshold, largest part, holes filled.");
        double[] outside = [.. findings.Facts.Select(f => f.OutsideBody).OfType<double>()], lesions = [.. findings.Facts.Select(f => f.Lesions).OfType<double>()];
        report.Paragraph($"A map without preference would have {Mean(outside)} outside the body and {Mean(lesions)} on a finding, their mean shares of the image.");
        report.Table(
            ["maps", "method", .. Columns.Select(c => c.Name), "maps missing or zero"],
            from approach in Enum.GetValues<StudyApproach>()
            from method in study.Layout.Methods
            select (IReadOnlyList<string>)
            [
                StudyTexts.Name(approach), method.Name, .. Columns.Select(c => Cell(findings, approach, c.Measure, method.Name, results.Seed)),
                $"{findings.Measures.Where(m => m.Approach == approach && m.Method == method.Name).Sum(m => m.WithoutMap)}",
            ]);
    }

    private static string Mean(double[] values) => values.Length == 0 ? "an unknown share" : StudyTexts.Number(values.Average());

    private static string Cell(StudyFindings findings, StudyApproach approach, StudyMeasure measure, string method, ulong seed)
    {
        double[] values = [.. findings.ByImage(approach, measure, method).Values];
        if (values.Length == 0) return "none";
        MeanEstimate mean = Bootstrap.Mean(values, seed);
        return $"{StudyTexts.Number(mean.Mean)} ({StudyTexts.Range(mean.Interval)})";
    }
}
