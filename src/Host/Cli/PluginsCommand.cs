using System.CommandLine;

namespace Pellucid.Host.Cli;

/// <summary><c>plugins</c>: what is installed, in which state, and which of it the user trusts.</summary>
internal static class PluginsCommand
{
    public static Command Create(CliEnvironment cli) =>
        new("plugins", "Lists, inspects, trusts and disables plugins.")
        {
            PluginsListCommand.Create(cli),
            PluginsInspectCommand.Create(cli),
            PluginsTrustCommand.Create(cli),
            PluginsUntrustCommand.Create(cli),
            PluginsEnableCommand.Create(cli),
            PluginsDisableCommand.Create(cli),
        };
}
