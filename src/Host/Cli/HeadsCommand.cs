using System.CommandLine;

namespace Pellucid.Host.Cli;

/// <summary><c>heads</c>: small networks on the image embedding.</summary>
internal static class HeadsCommand
{
    public static Command Create(CliEnvironment cli) => new("heads", "Regression and classification heads on the image embedding.") { HeadsFitCommand.Create(cli) };
}
