using System.CommandLine;

namespace Pellucid.Host.Cli;

/// <summary>All commands, in the order of the help page. A new command is one file and one line here.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> Create(CliEnvironment cli) =>
    [
        DemoCommand.Create(cli),
        ExplainCommand.Create(cli),
        RunCommand.Create(cli),
        EvaluateCommand.Create(cli),
        ClassifyCommand.Create(cli),
        ReproduceCommand.Create(cli),
        HeadsCommand.Create(cli),
        ModelsCommand.Create(cli),
        MetricsCommand.Create(cli),
        VerifyCommand.Create(cli),
        PluginsCommand.Create(cli),
    ];
}
