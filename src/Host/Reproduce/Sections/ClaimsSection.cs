using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;

namespace Pellucid.Host.Reproduce.Sections;

/// <summary>Which claims hold, with the numbers behind each verdict.</summary>
/// <param name="study">The study.</param>
internal sealed class ClaimsSection(PlannedStudy study) : IPlannedSection
{
    /// <summary>Its name in experiments.</summary>
    public const string Id = "medclip-claims";

    /// <summary>The study.</summary>
    public PlannedStudy Study => study;

    public void Check(Experiment experiment) => PlannedStudy.Check(experiment, Id);

    public void Plan(ExperimentPlan plan) => study.Plan(plan, Id);

    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        StudyFindings findings = await study.Maps.MeasureAsync(results, cancellationToken);
        string[] methods = [.. study.Layout.Methods.Select(m => m.Name)];
        IReadOnlyList<Claim> claims = new ClaimJudge(findings, methods, results.Seed).Judge();
        report.Heading("Which claims hold on this model");
        report.Paragraph("Hashmi et al. 2024, \"Envisioning MedCLIP: a deep dive into explainability for medical vision-language models\", shows its claims in figures, by eye. Here each is a comparison over the images: "
            + "it holds, or does not hold, where the 95 % bootstrap interval lies wholly on one side (and a paired sign-flip test agrees); else it cannot be told. Fewer than six images can show no difference: no sign-flip test of theirs has a p-value below 0.05. "
            + "Values are means over the methods. The thresholds 0.9 and 0.05 are ours, not the paper's.");
        report.Table(
            ["claim", "verdict", "judged by", "first", "second", "difference", "95 % interval", "p", "images"],
            claims.Select(c => (IReadOnlyList<string>)
            [
                c.Definition.Statement, Claim.Say(c.Overall.Verdict), c.Definition.Criterion, StudyTexts.Number(c.Overall.First), StudyTexts.Number(c.Overall.Second),
                StudyTexts.Signed(c.Overall.Difference), StudyTexts.Range(c.Overall.Interval, signed: true), StudyTexts.PValue(c.Overall.PValue), $"{c.Overall.Images}",
            ]));
        report.Heading("The same by method");
        report.Paragraph("Difference with its 95 % interval; p-values are adjusted for the number of methods (Holm).");
        report.Table(
            ["claim", .. methods],
            claims.Select(c => (IReadOnlyList<string>)[c.Definition.Statement, .. c.Methods.Select(Cell)]));
    }

    private static string Cell(ClaimEvidence e) => e.Images == 0 ? "nothing to measure"
        : $"{Claim.Say(e.Verdict)}: {StudyTexts.Signed(e.Difference)} ({StudyTexts.Range(e.Interval, signed: true)}){(e.PValue is null ? string.Empty : $", p {StudyTexts.PValue(e.PValue)}")}";
}
