using System.CommandLine;

namespace Pellucid.Host.Cli;

/// <summary><c>reproduce</c>: experiments of published papers.</summary>
internal static class ReproduceCommand
{
    public static Command Create(CliEnvironment cli) =>
        new("reproduce", "Runs the experiments of a published paper and says which of its claims hold.") { ReproduceMedClipCommand.Create(cli), ReproduceGradEclipCommand.Create(cli) };
}
