using System.CommandLine;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Cli;

/// <summary><c>plugins disable</c>: keeps a plugin from being loaded.</summary>
internal static class PluginsDisableCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Argument<string> id = new("id") { Description = "Id of the plugin." };
        Command command = new("disable", "Keeps a plugin from being loaded.") { id };
        command.SetAction(parsed =>
        {
            HostSettings settings = cli.Settings(parsed);
            string name = parsed.GetRequiredValue(id);
            PluginIds.Require(settings, name);
            new PluginStateStore(settings.StateFolder).Disable(name, $"disabled by you; to use it again: plugins enable {name}");
            cli.Output.WriteLine($"{name} is disabled");
            return ExitCodes.Success;
        });
        return command;
    }
}
