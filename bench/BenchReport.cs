using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Pellucid.Bench;

/// <summary>Prints the figures and the machine that they were taken on.</summary>
internal static class BenchReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>One line as soon as a figure is there: the whole takes about a minute.</summary>
    public static string Line(BenchRow row) => $"{row.Name}: {Figure(row)} ({row.Note})";

    public static void Write(IReadOnlyList<BenchRow> rows, BenchSettings settings)
    {
        Machine machine = Machine.Describe(settings.Threads);
        if (settings.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { machine, settings.Runs, rows }, Json));
            return;
        }

        Table table = new Table().Border(TableBorder.Ascii).AddColumns("measurement", "what", "figure", "limit", string.Empty, "behind it");
        foreach (BenchRow row in rows)
        {
            string limit = row.Limit is { } l ? string.Create(CultureInfo.InvariantCulture, $"{(row.AtLeast ? "at least " : string.Empty)}{l:0.##} {row.Unit}") : string.Empty;
            string verdict = row.Limit is null ? string.Empty : row.Missed ? "MISSED" : "ok";
            table.AddRow([.. new[] { row.Name, row.What, Figure(row), limit, verdict, row.Note }.Select(Markup.Escape)]);
        }

        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(machine.ToString());
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"x: multiple of the plain image forward (EmbedImagesAsync), timed alternately in the same run; medians of {settings.Runs}."));
    }

    private static string Figure(BenchRow row) => row.Value is { } v ? string.Create(CultureInfo.InvariantCulture, $"{v:0.00} {row.Unit}") : "-";
}
