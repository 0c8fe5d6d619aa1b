using System.CommandLine;
using Pellucid.Abstractions.Execution;
using Spectre.Console;

namespace Pellucid.Host.Cli;

/// <summary>
/// What commands see of the process: where they write, which variables are set, where the host lies. Tests give their own.
/// </summary>
public sealed class CliEnvironment
{
    private readonly Lazy<IAnsiConsole> _console;

    /// <summary>Makes an environment.</summary>
    /// <param name="output">Standard output: results only.</param>
    /// <param name="error">Standard error: messages and progress.</param>
    public CliEnvironment(TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
        _console = new Lazy<IAnsiConsole>(CreateConsole);
    }

    /// <summary>Standard output.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Tables and colors on <see cref="Output"/>; made when first asked for, because that costs start-up time.</summary>
    public IAnsiConsole Console => _console.Value;

    /// <summary>Columns of a table on a console that does not tell its width (a file, a pipe).</summary>
    public int RedirectedWidth { get; init; } = 160;

    /// <summary>Whether <see cref="Output"/> is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Value of an environment variable, or null.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Folder of the host's binaries, which holds the bundled plugins.</summary>
    public string HostFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Makes what runs graphs; called once a command, and only by commands that run one.</summary>
    public Func<HostSettings, IGraphRunner> CreateRunner { get; init; } = HostServices.CreateDefaultRunner;

    /// <summary>The environment of this process.</summary>
    public static CliEnvironment ForProcess() => new(System.Console.Out, System.Console.Error)
    {
        IsTerminal = !System.Console.IsOutputRedirected,
        Variable = Environment.GetEnvironmentVariable,
    };

    /// <summary>The services of a command, by the options and variables it was called with. Dispose them at its end.</summary>
    /// <exception cref="Graphs.PellucidException">An option or variable cannot be used.</exception>
    public HostServices Services(ParseResult parsed) => new(Settings(parsed), CreateRunner, Error);

    /// <summary>The settings of a command, by the options and variables it was called with.</summary>
    /// <exception cref="Graphs.PellucidException">An option or variable cannot be used.</exception>
    public HostSettings Settings(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        List<string> folders = [.. parsed.GetValue(SharedOptions.Plugins) ?? []];
        if (Variable("PELLUCID_PLUGINS") is { Length: > 0 } more)
            folders.AddRange(more.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return new HostSettings
        {
            HostFolder = HostFolder,
            StateFolder = HostSettings.FindStateFolder(Variable),
            PluginFolders = folders,
            Device = parsed.GetValue(SharedOptions.Device) ?? "auto",
            Threads = parsed.GetValue(SharedOptions.Threads),
            ImageLimits = ImageLimitOptions.Read(parsed),
        }.WithMapCache(Variable);
    }

    private IAnsiConsole CreateConsole()
    {
        AnsiConsoleSettings settings = new() { Out = new AnsiConsoleOutput(Output) };
        if (!IsTerminal)
        {
            settings.Ansi = AnsiSupport.No;
            settings.ColorSystem = ColorSystemSupport.NoColors;
            settings.Interactive = InteractionSupport.No;
        }

        IAnsiConsole console = AnsiConsole.Create(settings);
        if (!IsTerminal) console.Profile.Width = RedirectedWidth;
        return console;
    }
}
