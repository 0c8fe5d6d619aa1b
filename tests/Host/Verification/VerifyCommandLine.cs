using Pellucid.Host.Cli;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Verification;

/// <summary>Runs <c>verify</c> as a user does: the built host with its bundled plugins, inside this process.</summary>
internal static class VerifyCommandLine
{
    /// <summary>The built host, beside this test's own folder: its output holds plugins/ and trusted-plugins.json.</summary>
    private static string HostFolder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Pellucid.Host", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))));

    /// <summary>A suite of tests/Goldens.</summary>
    public static string Golden(string suite) => Path.Combine(RepositoryPaths.Goldens, suite);

    public static async Task<VerifyRun> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        string state = Directory.CreateTempSubdirectory("pellucid-verify-").FullName;
        try
        {
            var cli = new CliEnvironment(output, error)
            {
                HostFolder = HostFolder,
                Variable = name => name == "PELLUCID_STATE" ? state : null,
            };
            int exitCode = await CommandLineApp.RunAsync(["verify", .. arguments, "--device", "cpu"], cli);
            return new VerifyRun(exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }
}
