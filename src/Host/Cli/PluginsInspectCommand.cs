using System.CommandLine;
using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Options;
using Pellucid.Host.Output;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Cli;

/// <summary><c>plugins inspect</c>: all about one plugin; exit code 2 where it is broken, so that scripts can ask.</summary>
internal static class PluginsInspectCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Argument<string> id = new("id") { Description = "Id of the plugin." };
        Command command = new("inspect", "Shows one plugin: its state, what it brings, and the options of its explainers and metrics with their defaults.")
        {
            id, SharedOptions.Json,
        };
        command.SetAction(parsed =>
        {
            using HostServices services = cli.Services(parsed);
            PluginInfo plugin = services.Plugins.Find(parsed.GetRequiredValue(id));
            // Asked first: a plugin whose adapters cannot be made is broken.
            IReadOnlyList<IModelAdapter> adapters = plugin.ModelAdapters();
            if (parsed.GetValue(SharedOptions.Json)) JsonText.Write(cli.Output, json => WriteJson(json, plugin, adapters));
            else WriteText(cli.Output, plugin, adapters);
            return plugin.State is PluginState.Active or PluginState.Disabled
                ? ExitCodes.Success
                : throw new PellucidException($"plugin '{plugin.Id}' is {plugin.State}: {plugin.Reason}", plugin.Cause!);
        });
        return command;
    }

    private static void WriteText(TextWriter output, PluginInfo plugin, IReadOnlyList<IModelAdapter> adapters)
    {
        output.WriteLine($"{plugin.Id} {plugin.Manifest?.Version}");
        if (plugin.Manifest is { } manifest)
        {
            if (manifest.Summary.Length > 0) output.WriteLine(manifest.Summary);
            output.WriteLine();
            output.WriteLine($"state         {plugin.State}{(plugin.Reason is null ? string.Empty : ": " + plugin.Reason)}");
            output.WriteLine($"kind          {manifest.Kind}");
            output.WriteLine($"capabilities  {string.Join(", ", manifest.Capabilities)}");
            output.WriteLine($"contracts     {manifest.Contract}");
            output.WriteLine($"license       {manifest.License}");
            output.WriteLine($"folder        {plugin.Folder}{(plugin.Bundled ? " (bundled)" : string.Empty)}");
            output.WriteLine($"manifest      sha256 {manifest.Hash}");
        }

        foreach (IModelAdapter adapter in adapters)
        {
            output.WriteLine();
            output.WriteLine($"model adapter {adapter.Id}");
            output.WriteLine($"  {adapter.Summary}");
        }

        foreach (IDatasetReader reader in plugin.DatasetReaders())
        {
            output.WriteLine();
            output.WriteLine($"reader of data sets {reader.Id}");
            output.WriteLine($"  {reader.Summary}");
        }

        foreach (ReportSectionRegistration section in plugin.ReportSections)
        {
            output.WriteLine();
            output.WriteLine($"report section {section.Id}");
            output.WriteLine($"  {section.Summary}");
        }

        foreach (ExplainerRegistration explainer in plugin.Explainers) WritePart(output, "explainer", explainer.Id, explainer.Summary, explainer.Source, explainer.OptionsType);
        foreach (MetricRegistration metric in plugin.Metrics) WritePart(output, "metric", metric.Id, metric.Summary, metric.Source, metric.OptionsType);
    }

    private static void WritePart(TextWriter output, string kind, string id, string summary, string source, Type optionsType)
    {
        output.WriteLine();
        output.WriteLine($"{kind} {id}");
        output.WriteLine($"  {summary}");
        output.WriteLine($"  source: {source}");
        foreach (OptionDescription option in OptionSchema.Of(optionsType).Options)
        {
            string range = option.Range is null ? string.Empty : ", " + option.Range;
            output.WriteLine($"  {option.Name}={option.Default}  ({option.Type}{range})");
            if (option.Description.Length > 0) output.WriteLine($"      {option.Description}");
        }
    }

    private static void WriteJson(Utf8JsonWriter json, PluginInfo plugin, IReadOnlyList<IModelAdapter> adapters)
    {
        json.WriteStartObject();
        PluginJson.WriteSummary(json, plugin);
        json.WriteStartObject("files");
        foreach ((string file, string hash) in plugin.Manifest?.Files ?? new Dictionary<string, string>(StringComparer.Ordinal)) json.WriteString(file, hash);
        json.WriteEndObject();
        json.WriteStartArray("modelAdapters");
        foreach (IModelAdapter adapter in adapters)
        {
            json.WriteStartObject();
            json.WriteString("id", adapter.Id);
            json.WriteString("summary", adapter.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("datasetReaders");
        foreach (IDatasetReader reader in plugin.DatasetReaders())
        {
            json.WriteStartObject();
            json.WriteString("id", reader.Id);
            json.WriteString("summary", reader.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("reportSections");
        foreach (ReportSectionRegistration section in plugin.ReportSections) json.WriteStringValue(section.Id);
        json.WriteEndArray();
        json.WriteStartArray("explainers");
        foreach (ExplainerRegistration explainer in plugin.Explainers) WritePart(json, explainer.Id, explainer.Summary, explainer.Source, explainer.OptionsType);
        json.WriteEndArray();
        json.WriteStartArray("metrics");
        foreach (MetricRegistration metric in plugin.Metrics) WritePart(json, metric.Id, metric.Summary, metric.Source, metric.OptionsType);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, string id, string summary, string source, Type optionsType)
    {
        OptionSchema schema = OptionSchema.Of(optionsType);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("summary", summary);
        json.WriteString("source", source);
        json.WriteStartArray("options");
        foreach (OptionDescription option in schema.Options)
        {
            json.WriteStartObject();
            json.WriteString("name", option.Name);
            json.WriteString("type", option.Type.ToString());
            json.WriteString("default", option.Default);
            json.WriteString("range", option.Range);
            json.WriteString("description", option.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("schema");
        schema.WriteJsonSchema(json);
        json.WriteEndObject();
    }
}
