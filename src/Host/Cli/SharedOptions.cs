using System.CommandLine;

namespace Pellucid.Host.Cli;

/// <summary>Options that several commands have. <see cref="Plugins"/> and <see cref="Verbose"/> belong to all of them.</summary>
public static class SharedOptions
{
    /// <summary>Details of errors, with stack traces.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show details of errors, with stack traces.",
        Recursive = true,
    };

    /// <summary>Folders of plugins besides the bundled ones.</summary>
    public static Option<string[]> Plugins { get; } = new("--plugins")
    {
        Description = "A folder of plugins besides the bundled ones (repeatable; also the PELLUCID_PLUGINS variable).",
        HelpName = "folder",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Only JSON on standard output.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON, and nothing else, on standard output.",
    };

    /// <summary>Where graphs run; for commands that run some.</summary>
    public static Option<string> Device { get; } = MakeDevice();

    /// <summary>Threads a graph is run with; for commands that run some.</summary>
    public static Option<int?> Threads { get; } = MakeThreads();

    private static Option<string> MakeDevice()
    {
        Option<string> option = new("--device")
        {
            Description = "Where to compute.",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong("auto", "cpu", "cuda", "tensorrt", "webgpu");
        return option;
    }

    private static Option<int?> MakeThreads()
    {
        Option<int?> option = new("--threads")
        {
            Description = "Processor threads for one graph; by default one a core. The last digits of results depend on it.",
            HelpName = "n",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int n) && n is >= 1 and <= 1024))
                result.AddError($"--threads takes a whole number from 1 to 1024, not '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
