using System.CommandLine;
using System.CommandLine.Invocation;
using Pellucid.Graphs;

namespace Pellucid.Host.Cli;

/// <summary>The command line: parses, runs one command and turns whatever happens into a message and an exit code.</summary>
public static class CommandLineApp
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">Arguments after the program's name.</param>
    /// <param name="cli">What the command sees of the process.</param>
    /// <param name="cancellationToken">Stops the command, besides Ctrl-C and termination signals.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliEnvironment cli, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cli);
        ParseResult parsed = CreateRoot(cli).Parse(args);
        InvocationConfiguration configuration = new()
        {
            EnableDefaultExceptionHandler = false,
            Output = cli.Output,
            Error = cli.Error,
            // The library's own handling of signals throws at a second one; see TerminationSignals.
            ProcessTerminationTimeout = null,
        };
        using TerminationSignals signals = new(cancellationToken);
        try
        {
            if (parsed.Action is ParseErrorAction misuse)
            {
                misuse.ShowHelp = false;
                // It tells of near misses on standard output, where only results belong.
                configuration.Output = cli.Error;
                await parsed.InvokeAsync(configuration, cancellationToken);
                await cli.Error.WriteLineAsync("Run with --help to see what can be given.");
                return ExitCodes.UserError;
            }

            return await signals.RunAsync(stop => parsed.InvokeAsync(configuration, stop));
        }
        catch (Exception failure)
        {
            return Report(failure, cli, parsed.GetValue(SharedOptions.Verbose));
        }
        finally
        {
            await cli.Output.FlushAsync(CancellationToken.None);
            await cli.Error.FlushAsync(CancellationToken.None);
        }
    }

    private static RootCommand CreateRoot(CliEnvironment cli)
    {
        RootCommand root = new("Pellucid shows which pixels and which words made a vision-language model say that an image and a text match.");
        root.Options.Add(SharedOptions.Plugins);
        root.Options.Add(SharedOptions.Verbose);
        foreach (Command command in CommandList.Create(cli)) root.Subcommands.Add(command);
        return root;
    }

    private static int Report(Exception failure, CliEnvironment cli, bool verbose)
    {
        switch (failure)
        {
            case OperationCanceledException:
                cli.Error.WriteLine("cancelled");
                return ExitCodes.Cancelled;
            case PellucidException:
                cli.Error.WriteLine("error: " + failure.Message);
                if (verbose) cli.Error.WriteLine(failure);
                return ExitCodes.UserError;
            default:
                cli.Error.WriteLine($"internal error: {failure.Message}");
                cli.Error.WriteLine(verbose ? failure.ToString() : "This is a fault of Pellucid; run with --verbose for details to report.");
                return ExitCodes.InternalError;
        }
    }
}
