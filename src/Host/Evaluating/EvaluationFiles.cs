using System.Globalization;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Output;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Evaluating;

/// <summary>What an evaluation adds to the files of its experiment. Each takes its place complete.</summary>
internal static class EvaluationFiles
{
    public const string Json = "evaluation.json", Comparisons = "comparisons.csv", Curves = "curves.csv";

    public static void Write(string folder, Evaluation evaluation, IReportResults results)
    {
        try
        {
            Put(folder, Comparisons, stream => CsvText.Write(stream, csv => WriteComparisons(csv, evaluation)));
            if (evaluation.Curves.Count > 0) Put(folder, Curves, stream => CsvText.Write(stream, csv => WriteCurves(csv, evaluation)));
            Put(folder, Json, stream => stream.Write(EvaluationJson.ToBytes(evaluation, results)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"results cannot be written to '{folder}': {e.Message}", e);
        }
    }

    private static void WriteComparisons(CsvText csv, Evaluation evaluation)
    {
        csv.Row("model", "metric", "first", "second", "difference", "low", "high", "p", "p_adjusted", "images", "first_is");
        foreach (MetricComparison c in evaluation.Comparisons)
        {
            csv.Row(
                c.Model, c.Metric, c.First, c.Second, CsvText.Number(c.Difference?.Mean), CsvText.Number(c.Difference?.Interval?.Low), CsvText.Number(c.Difference?.Interval?.High),
                CsvText.Number(c.Difference?.PValue), CsvText.Number(c.AdjustedPValue), (c.Difference?.Count ?? 0).ToString(CultureInfo.InvariantCulture), VerdictNames.Of(c.Verdict));
        }
    }

    private static void WriteCurves(CsvText csv, Evaluation evaluation)
    {
        csv.Row("model", "metric", "curve", "explainer", "x", "mean", "low", "high", "images");
        foreach (MeanCurve c in evaluation.Curves)
        {
            for (int i = 0; i < c.X.Count; i++)
            {
                csv.Row(
                    c.Model, c.Metric, c.Name, c.Explainer, CsvText.Number(c.X[i]), CsvText.Number(c.Mean[i]), c.Low.Count > 0 ? CsvText.Number(c.Low[i]) : null,
                    c.High.Count > 0 ? CsvText.Number(c.High[i]) : null, c.Images.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static void Put(string folder, string name, Action<Stream> write) => AtomicFile.Write(Path.Combine(folder, name), write);
}
