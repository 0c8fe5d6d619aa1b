using Pellucid.Abstractions.Texts;
using Pellucid.Host.Explaining;
using Pellucid.Host.Output;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary>What <c>explain</c> prints: a line a map, and where the report is.</summary>
internal static class ExplainTable
{
    public static void Write(CliEnvironment cli, ExplainResult result, string folder)
    {
        Table table = new Table().Border(TableBorder.None).AddColumns("IMAGE", "TARGET", "EXPLAINER", "SCORE", "DRIFT", "STRONGEST WORD");
        foreach (TableColumn column in table.Columns) column.PadRight(2);
        foreach (ExplainedCell cell in result.Cells)
        {
            table.AddRow(
                new Text(Path.GetFileName(result.Images[cell.Image].Name)),
                new Text(result.Targets[cell.Target].Label),
                new Text(result.Explainers[cell.Explainer].Text),
                new Text(cell.Explanation.Score.ToString("F4")),
                new Text(cell.Explanation.Drift.ToString("F4")),
                new Text(StrongestWord(cell)));
        }

        cli.Console.Write(table);
        cli.Output.WriteLine($"report: {Path.Combine(folder, ResultFiles.Report)}");
    }

    private static string StrongestWord(ExplainedCell cell)
    {
        if (cell.Explanation.Text is not { Undefined: null } text || text.Words.Count == 0) return "-";
        (TextWord word, float importance) = text.Words.MaxBy(w => w.Importance);
        return $"{word.Text} ({importance:F2})";
    }
}
