using System.CommandLine;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Models;
using Pellucid.Host.Output;

namespace Pellucid.Host.Cli;

/// <summary><c>models list</c>: models by id and the adapter that reads each.</summary>
internal static class ModelsListCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Command command = new("list", $"Shows the embedded models and those in the folders of {ModelLocator.FoldersVariable}.") { SharedOptions.Json };
        command.SetAction(parsed =>
        {
            using HostServices services = cli.Services(parsed);
            ModelLocator models = new(services, cli.Variable);
            (ModelSource Model, string? Adapter, string Reason)[] rows = [.. models.Known().Select(m => Row(models, m))];
            if (parsed.GetValue(SharedOptions.Json)) WriteJson(cli, rows);
            else foreach ((ModelSource model, string? adapter, string reason) in rows) cli.Output.WriteLine($"{model.Id}  {adapter ?? "no adapter"}  {reason}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static (ModelSource Model, string? Adapter, string Reason) Row(ModelLocator models, ModelSource source)
    {
        IReadOnlyList<(IModelAdapter Adapter, AdapterProbe Probe)> probes = models.Probe(source);
        (IModelAdapter? adapter, AdapterProbe? probe) = probes.FirstOrDefault(p => p.Probe.Matches);
        return adapter is null
            ? (source, null, string.Join("; ", probes.Select(p => $"{p.Adapter.Id}: {p.Probe.Reason}")))
            : (source, adapter.Id, probe.Reason);
    }

    private static void WriteJson(CliEnvironment cli, (ModelSource Model, string? Adapter, string Reason)[] rows) => JsonText.Write(cli.Output, json =>
    {
        json.WriteStartArray();
        foreach ((ModelSource model, string? adapter, string reason) in rows)
        {
            json.WriteStartObject();
            json.WriteString("id", model.Id);
            json.WriteString("path", model.Path);
            json.WriteString("adapter", adapter);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
