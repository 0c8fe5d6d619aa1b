using Pellucid.Graphs;
using Pellucid.Host.Cli;

namespace Pellucid.Host.Tests.Cli;

/// <summary>Whatever happens in a command becomes one message and one exit code.</summary>
public sealed class CommandLineAppTests
{
    public static TheoryData<Type, int, string> Failures => new()
    {
        { typeof(PellucidException), ExitCodes.UserError, "error: the reason" },
        { typeof(GraphException), ExitCodes.UserError, "error: the reason" },
        { typeof(OperationCanceledException), ExitCodes.Cancelled, "cancelled" },
        { typeof(TaskCanceledException), ExitCodes.Cancelled, "cancelled" },
        { typeof(InvalidOperationException), ExitCodes.InternalError, "internal error: the reason" },
        { typeof(FileNotFoundException), ExitCodes.InternalError, "internal error: the reason" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task FailuresBecomeExitCodes(Type failure, int exitCode, string message)
    {
        (int code, string output, string error) = await Run(failure, "plugins", "list");
        Assert.Equal(exitCode, code);
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task VerboseShowsWhereAnInternalErrorHappened()
    {
        (int code, _, string error) = await Run(typeof(InvalidOperationException), "plugins", "list", "--verbose");
        Assert.Equal(ExitCodes.InternalError, code);
        Assert.Contains("   at Pellucid.Host.Cli.CliEnvironment", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> Run(Type failure, params string[] args)
    {
        StringWriter output = new(), error = new();
        CliEnvironment cli = new(output, error)
        {
            Variable = _ => throw (Exception)Activator.CreateInstance(failure, "the reason")!,
        };
        int code = await CommandLineApp.RunAsync(args, cli);
        return (code, output.ToString(), error.ToString());
    }
}
