using System.CommandLine;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Cli;

/// <summary>Options that raise the limits for image files, and the sentence that names them when a limit is met.</summary>
internal static class ImageLimitOptions
{
    private const long MostSeconds = 1_000_000, Most = 1_000_000_000_000;

    private static readonly ImageLimits Standard = ImageLimits.Default;

    public static Option<long> MaxPixels { get; } = Make("--max-pixels", "Largest image that is decoded, in pixels.", Standard.MaxPixels);

    public static Option<long> MaxSide { get; } = Make("--max-side", "Largest width and height of an image.", Standard.MaxWidth);

    public static Option<long> MaxBytes { get; } = Make("--max-bytes", "Largest image file.", Standard.MaxFileBytes);

    public static Option<long> MaxSeconds { get; } = Make("--max-decode-seconds", "Longest time for decoding one image.", (long)Standard.MaxDecodeTime.TotalSeconds, MostSeconds);

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (Option<long> option in new[] { MaxPixels, MaxSide, MaxBytes, MaxSeconds }) command.Options.Add(option);
    }

    /// <summary>The limits that a command was called with; the standard ones for a command without these options.</summary>
    public static ImageLimits Read(ParseResult parsed) => new()
    {
        MaxPixels = Value(parsed, MaxPixels, Standard.MaxPixels),
        MaxWidth = (int)Math.Min(int.MaxValue, Value(parsed, MaxSide, Standard.MaxWidth)),
        MaxHeight = (int)Math.Min(int.MaxValue, Value(parsed, MaxSide, Standard.MaxHeight)),
        MaxFileBytes = Value(parsed, MaxBytes, Standard.MaxFileBytes),
        MaxDecodeTime = TimeSpan.FromSeconds(Value(parsed, MaxSeconds, (long)Standard.MaxDecodeTime.TotalSeconds)),
    };

    /// <summary>The error with the option that raises the limit.</summary>
    public static PellucidException Explain(ImageLimitException error) => new($"{error.Message} If you trust the file, {OptionFor(error.Limit)} raises the limit.", error);

    private static string OptionFor(string limit) => limit switch
    {
        nameof(ImageLimits.MaxPixels) => MaxPixels.Name,
        nameof(ImageLimits.MaxFileBytes) => MaxBytes.Name,
        nameof(ImageLimits.MaxDecodeTime) => MaxSeconds.Name,
        _ => MaxSide.Name,
    };

    private static long Value(ParseResult parsed, Option<long> option, long standard) => parsed.GetResult(option) is null ? standard : parsed.GetValue(option);

    private static Option<long> Make(string name, string description, long standard, long most = Most)
    {
        Option<long> option = new(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(long.TryParse(result.Tokens[0].Value, out long n) && n >= 1 && n <= most))
                result.AddError($"{name} takes a whole number from 1 to {most}, not '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
