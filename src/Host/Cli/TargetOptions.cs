using System.CommandLine;
using System.Globalization;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Host.Targets;

namespace Pellucid.Host.Cli;

/// <summary>Options that say what is explained.</summary>
internal static class TargetOptions
{
    private static readonly Option<string[]> Texts = Many("--text", "text", "A text to match with the image (repeatable).");
    private static readonly Option<string?> Against = new("--against") { Description = "Explain how much better the image matches --text than this text.", HelpName = "text" };
    private static readonly Option<string> Score = PromptOptions.Choice<ScoreKind>("--score", "Which score is explained; with classes the default is logit.");
    private static readonly Option<string[]> Classes = Many("--class", "name", "A class of the prompts to explain (repeatable); all of the file by default.");
    private static readonly Option<string> ClassScore = PromptOptions.Choice<ClassScore>("--class-score", "What of a class, or of a classification head, is explained.");
    private static readonly Option<string[]> Dimensions = Many("--dimension", "n", "A dimension of the image embedding to explain, from 0 (repeatable).");
    private static readonly Option<string[]> Taps = Many("--tap", "name[i,j]", "An element of an intermediate tensor to explain (repeatable).");
    private static readonly Option<string[]> Heads = Many("--head", "file[:output]", "An output of a head on the image embedding to explain: by name or number, the first by default (repeatable).");

    static TargetOptions() => Dimensions.Validators.Add(result =>
    {
        foreach (string text in result.Tokens.Select(t => t.Value))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)) result.AddError($"--dimension takes a whole number from 0, not '{text}'");
        }
    });

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Texts, Against, Score, Classes, ClassScore, Dimensions, Taps, Heads }) command.Options.Add(option);
        PromptOptions.AddTo(command);
    }

    /// <summary>What a command was called with.</summary>
    public static TargetChoice Read(ParseResult parsed) => new()
    {
        Texts = parsed.GetValue(Texts) ?? [],
        Against = parsed.GetValue(Against),
        Score = PromptOptions.ReadGiven<ScoreKind>(parsed, Score),
        Prompts = parsed.GetValue(PromptOptions.Prompts),
        Classes = parsed.GetValue(Classes) ?? [],
        ClassScore = PromptOptions.ReadGiven<ClassScore>(parsed, ClassScore),
        Ensemble = PromptOptions.ReadGiven<PromptEnsemble>(parsed, PromptOptions.Ensemble),
        Padding = PromptOptions.ReadGiven<PromptPadding>(parsed, PromptOptions.Padding),
        Dimensions = [.. (parsed.GetValue(Dimensions) ?? []).Select(d => int.Parse(d, CultureInfo.InvariantCulture))],
        Taps = parsed.GetValue(Taps) ?? [],
        Heads = parsed.GetValue(Heads) ?? [],
    };

    private static Option<string[]> Many(string name, string value, string description) => new(name) { Description = description, HelpName = value };
}
