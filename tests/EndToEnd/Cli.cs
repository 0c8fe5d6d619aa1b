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
        using TemporaryFolder state = new();
        return await RunAsync(state.Path, args, cancellationToken);
    }

    /// <summary>Runs with a memory of trusted plugins that outlives the run.</summary>
    public static Task<CliRun> RunWithStateAsync(string stateFolder, params string[] args) => RunAsync(stateFolder, args, TestContext.Current.CancellationToken);

    public static Task<CliRun> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    private static async Task<CliRun> RunAsync(string stateFolder, string[] args, CancellationToken cancellationToken)
    {
        using StringWriter output = new(), error = new();
        CliEnvironment environment = new(output, error)
        {
            HostFolder = HostFolder,
            Variable = name => name == "PELLUCID_STATE" ? stateFolder : null,
        };
        int exitCode = await CommandLineApp.RunAsync(args, environment, cancellationToken);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
