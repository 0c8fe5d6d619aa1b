using System.CommandLine;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Cli;

/// <summary><c>plugins enable</c>: lets a plugin be loaded again that was disabled by the user or after a crash.</summary>
internal static class PluginsEnableCommand
{
    public static Command Create(CliEnvironment cli)
    {
        Argument<string> id = new("id") { Description = "Id of the plugin." };
        Command command = new("enable", "Lets a disabled plugin be loaded again.") { id };
        command.SetAction(parsed =>
        {
            HostSettings settings = cli.Settings(parsed);
            string name = parsed.GetRequiredValue(id);
            PluginIds.Require(settings, name);
            PluginStateStore state = new(settings.StateFolder);
            // A crash noted since the last start counts as well.
            state.DisableCrashed();
            cli.Output.WriteLine(state.Enable(name) ? $"{name} is enabled" : $"{name} was not disabled");
            return ExitCodes.Success;
        });
        return command;
    }
}
