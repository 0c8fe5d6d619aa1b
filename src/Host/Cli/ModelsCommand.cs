using System.CommandLine;

namespace Pellucid.Host.Cli;

/// <summary><c>models</c>: what models there are.</summary>
internal static class ModelsCommand
{
    public static Command Create(CliEnvironment cli) => new("models", "Shows the models that can be explained.")
    {
        ModelsListCommand.Create(cli),
        ModelsInspectCommand.Create(cli),
    };
}
