using System.CommandLine;
using System.Globalization;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Options;
using Pellucid.Host.Output;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>metrics list</c>: every metric with its family, which values are better, their range, and what it needs.</summary>
internal static class MetricsListCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Command command = new("list", "Shows all metrics: family, direction, range and needs, with their default options.") { SharedOptions.Json };
        command.SetAction(parsed =>
        {
            using HostServices services = cli.Services(parsed);
            (MetricRegistration Metric, MetricTraits Traits)[] rows = [.. services.Metrics.Metrics.Select(m => (m, Traits(services.Metrics, m)))];
            if (parsed.GetValue(SharedOptions.Json)) WriteJson(cli.Output, rows);
            else WriteTable(cli, rows);
            return ExitCodes.Success;
        });
        return command;
    }

    private static MetricTraits Traits(MetricFactory factory, MetricRegistration metric)
    {
        try
        {
            return factory.Create(metric.Id).Traits;
        }
        catch (PellucidException fault)
        {
            throw new PellucidException($"the metric '{metric.Id}' cannot say what it is: {fault.Message}", fault);
        }
    }

    private static void WriteTable(CliEnvironment cli, (MetricRegistration Metric, MetricTraits Traits)[] rows)
    {
        Table table = new Table().Border(TableBorder.None).AddColumns("ID", "FAMILY", "BETTER", "RANGE", "NEEDS");
        foreach (TableColumn column in table.Columns) column.PadRight(2);
        foreach ((MetricRegistration metric, MetricTraits traits) in rows)
            table.AddRow([.. new[] { metric.Id, Lower(traits.Family), Lower(traits.Direction), Range(traits), Needs(traits) }.Select(c => new Text(c))]);
        cli.Console.Write(table);
    }

    private static void WriteJson(TextWriter output, (MetricRegistration Metric, MetricTraits Traits)[] rows) => JsonText.Write(output, json =>
    {
        json.WriteStartArray();
        foreach ((MetricRegistration metric, MetricTraits traits) in rows)
        {
            json.WriteStartObject();
            json.WriteString("id", metric.Id);
            json.WriteString("summary", metric.Summary);
            json.WriteString("source", metric.Source);
            json.WriteString("family", Lower(traits.Family));
            json.WriteString("better", Lower(traits.Direction));
            if (double.IsFinite(traits.Minimum)) json.WriteNumber("minimum", traits.Minimum);
            if (double.IsFinite(traits.Maximum)) json.WriteNumber("maximum", traits.Maximum);
            json.WriteString("needs", Needs(traits));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Needs(MetricTraits traits) => string.Join(", ", traits.Needs.ToString().Split(", ").Select(n => OptionNames.ToKebab(n)));

    private static string Range(MetricTraits traits) => (double.IsFinite(traits.Minimum), double.IsFinite(traits.Maximum)) switch
    {
        (true, true) => $"{Number(traits.Minimum)} to {Number(traits.Maximum)}",
        (true, false) => $"{Number(traits.Minimum)} or more",
        (false, true) => $"up to {Number(traits.Maximum)}",
        _ => "any",
    };

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
