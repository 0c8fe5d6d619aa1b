using System.CommandLine;
using Pellucid.Graphs;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Cli;

/// <summary><c>plugins untrust</c>: takes trust back.</summary>
internal static class PluginsUntrustCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Argument<string> folder = new("folder") { Description = "The plugin's folder, which holds its plugin.json." };
        Command command = new("untrust", "Takes trust in a plugin back; it is not loaded any more.") { folder };
        command.SetAction(parsed =>
        {
            HostSettings settings = cli.Settings(parsed);
            PluginManifest manifest = PluginManifestReader.Read(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            if (!new PluginStateStore(settings.StateFolder).Untrust(manifest.Hash))
                throw new PellucidException($"you did not trust {manifest.Id} {manifest.Version} as it lies there; a bundled plugin is turned off with: plugins disable {manifest.Id}");
            cli.Output.WriteLine($"{manifest.Id} {manifest.Version} is not trusted any more");
            return ExitCodes.Success;
        });
        return command;
    }
}
