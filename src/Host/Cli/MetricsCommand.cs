using System.CommandLine;

namespace Pellucid.Host.Cli;

/// <summary><c>metrics</c>: what explanations can be measured by.</summary>
internal static class MetricsCommand
{
    public static Command Create(CliEnvironment cli) => new("metrics", "Shows the metrics that explanations can be measured by.")
    {
        MetricsListCommand.Create(cli),
    };
}
