using System.CommandLine;
using Pellucid.Abstractions.Plugins;
using Pellucid.Host.Output;
using Pellucid.Host.Plugins;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary><c>plugins list</c>: every plugin found, its state with the reason, and what it brings.</summary>
internal static class PluginsListCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Command command = new("list", "Shows all plugins that were found, with their states.") { SharedOptions.Json };
        command.SetAction(parsed =>
        {
            using HostServices services = cli.Services(parsed);
            if (parsed.GetValue(SharedOptions.Json)) WriteJson(cli.Output, services.Plugins.Plugins);
            else WriteTable(cli, services.Plugins.Plugins);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void WriteTable(CliEnvironment cli, IReadOnlyList<PluginInfo> plugins)
    {
        if (plugins.Count == 0)
        {
            cli.Output.WriteLine("no plugins found");
            return;
        }

        Table table = new Table().Border(TableBorder.None).AddColumns("ID", "VERSION", "STATE", "BRINGS");
        foreach (TableColumn column in table.Columns) column.PadRight(2);
        foreach (PluginInfo plugin in plugins)
        {
            table.AddRow(
                new Text(plugin.Id), new Text(plugin.Manifest?.Version.ToString() ?? "?"), State(plugin), new Text(Brings(plugin)));
        }

        cli.Console.Write(table);
        foreach (PluginInfo plugin in plugins.Where(p => p.Reason is not null))
            cli.Output.WriteLine($"{plugin.Id}: {plugin.Reason}");
    }

    private static Text State(PluginInfo plugin) => new(plugin.State.ToString(), new Style(plugin.State switch
    {
        PluginState.Active => Color.Green,
        PluginState.Disabled => Color.Yellow,
        _ => Color.Red,
    }));

    private static string Brings(PluginInfo plugin)
    {
        if (plugin.State != PluginState.Active) return string.Join(", ", plugin.Manifest?.Capabilities ?? []);
        IEnumerable<string> explainers = plugin.Explainers.Select(e => e.Id);
        return string.Join(", ", plugin.ModelAdapterNames.Select(a => "model adapter " + a).Concat(explainers).Concat(plugin.Metrics.Select(m => "metric " + m.Id))
            .Concat(plugin.DatasetReaders().Select(r => "reader " + r.Id)).Concat(plugin.ReportSections.Select(r => "report section " + r.Id)));
    }

    private static void WriteJson(TextWriter output, IReadOnlyList<PluginInfo> plugins) => JsonText.Write(output, json =>
    {
        json.WriteStartArray();
        foreach (PluginInfo plugin in plugins)
        {
            json.WriteStartObject();
            PluginJson.WriteSummary(json, plugin);
            json.WriteStartArray("explainers");
            foreach (ExplainerRegistration explainer in plugin.Explainers) json.WriteStringValue(explainer.Id);
            json.WriteEndArray();
            json.WriteStartArray("metrics");
            foreach (MetricRegistration metric in plugin.Metrics) json.WriteStringValue(metric.Id);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
