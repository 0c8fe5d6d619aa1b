using System.CommandLine;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Cli;

/// <summary>Options that raise the limits for image files, and the sentence that names them when a limit is met.</summary>
internal static class ImageLimitOptions
{
    private static readonly ImageLimits Standard = ImageLimits.Default;

    public static Option<long> MaxPixels { get; } = Make("--max-pixels", "Largest image that is decoded, in pixels.", Standard.MaxPixels);

    public static Option<long> MaxSide { get; } = Make("--max-side", "Largest width and height of an image.", Standard.MaxWidth);

    public static Option<long> MaxBytes { get; } = Make("--max-bytes", "Largest image file.", Standard.MaxFileBytes);

    public static Option<long> MaxSeconds { get; } = Make("--max-decode-seconds", "Longest time for decoding one image.", (long)Standard.MaxDecodeTime.TotalSeconds);

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (Option<long> option in new[] { MaxPixels, MaxSide, MaxBytes, MaxSeconds }) command.Options.Add(option);
    }

    /// <summary>The limits that a command was called with.</summary>
    public static ImageLimits Read(ParseResult parsed) => new()
    {
        MaxPixels = parsed.GetValue(MaxPixels),
        MaxWidth = (int)Math.Min(int.MaxValue, parsed.GetValue(MaxSide)),
        MaxHeight = (int)Math.Min(int.MaxValue, parsed.GetValue(MaxSide)),
        MaxFileBytes = parsed.GetValue(MaxBytes),
        MaxDecodeTime = TimeSpan.FromSeconds(parsed.GetValue(MaxSeconds)),
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

    private static Option<long> Make(string name, string description, long standard)
    {
        Option<long> option = new(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(long.TryParse(result.Tokens[0].Value, out long n) && n is >= 1 and <= 1_000_000_000_000))
                result.AddError($"{name} takes a whole number from 1 to 10^12, not '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
