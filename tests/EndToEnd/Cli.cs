using Pellucid.Host.Cli;
using Pellucid.TestSupport;

namespace Pellucid.EndToEnd.Tests;

/// <summary>Runs the command line in this process, against the built host with its real plugins, model and scenes.</summary>
internal static class Cli
{
    public static string HostFolder { get; } = Path.Combine(RepositoryPaths.Root, "artifacts", "bin", "Pellucid.Host", "release");

    public static string Scene(int number) => Path.Combine(RepositoryPaths.Datasets, "shapes", "images", $"{number:D6}.png");

    public static async Task<CliRun> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using StringWriter output = new(), error = new();
        using TemporaryFolder state = new();
        CliEnvironment environment = new(output, error)
        {
            HostFolder = HostFolder,
            Variable = name => name == "PELLUCID_STATE" ? state.Path : null,
        };
        int exitCode = await CommandLineApp.RunAsync(args, environment, cancellationToken);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    public static Task<CliRun> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);
}
