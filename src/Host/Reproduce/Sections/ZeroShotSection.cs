using Pellucid.Abstractions.Reports;
using Pellucid.Host.Classifying;

namespace Pellucid.Host.Reproduce.Sections;

/// <summary>AUROC of each class.</summary>
/// <param name="zeroShot">What was found; null where it was not asked for.</param>
internal sealed class ZeroShotSection(ZeroShot? zeroShot) : IReportSection
{
    public Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        if (zeroShot is null) return Task.CompletedTask;
        report.Heading("Zero-shot classification");
        report.Paragraph($"AUROC of the mean logit over a class's prompts, each encoded alone, on {zeroShot.Images} images. Mean over the classes: {zeroShot.Mean?.ToString("F4") ?? "undefined"}.");
        report.Table(
            ["class", "positives", "negatives", "AUROC"],
            zeroShot.Classes.Select(c => (IReadOnlyList<string>)[c.Name, $"{c.Positives}", $"{c.Negatives}", c.Auroc?.ToString("F4") ?? "undefined"]));
        return Task.CompletedTask;
    }
}
